package org.reassign.cli.client;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.TopicPartition;

/** The newest look and, some seconds apart, those of the last minute. */
final class CopyHistory {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Deque<CopySpeed.Look> looks = new ArrayDeque<>();
    private Optional<CopySpeed.Look> newest = Optional.empty();

    /** Adds a look. */
    void add(CopySpeed.Look look) {
        newest = Optional.of(look);
        while (!looks.isEmpty() && look.nanos() - looks.getFirst().nanos() > KEPT_NANOS) {
            looks.removeFirst();
        }
        if (looks.isEmpty() || look.nanos() - looks.getLast().nanos() >= APART_NANOS) {
            looks.add(look);
        }
    }

    /** What the newest look has told. */
    Map<TopicPartition, CopyProgress> newest() {
        return newest.map(CopySpeed.Look::progress).orElse(Map.of());
    }

    /** How fast these are copied, from the oldest look that knows one of them to the newest; see {@link CopySpeed#between}. */
    Optional<CopySpeed> speed(Collection<TopicPartition> partitions) {
        return looks.stream()
                .filter(look -> partitions.stream().anyMatch(look.progress()::containsKey))
                .findFirst()
                .flatMap(oldest -> CopySpeed.between(oldest, newest.orElseThrow(), partitions));
    }
}
