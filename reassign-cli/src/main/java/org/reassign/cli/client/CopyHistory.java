package org.reassign.cli.client;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.TopicPartition;

/** The looks of the last minute. */
final class CopyHistory {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Deque<CopySpeed.Look> looks = new ArrayDeque<>();

    /** Adds a look. */
    void add(CopySpeed.Look look) {
        looks.add(look);
        while (look.nanos() - looks.getFirst().nanos() > KEPT_NANOS) {
            looks.removeFirst();
        }
    }

    /** What the newest look has told. */
    Map<TopicPartition, CopyProgress> newest() {
        return looks.isEmpty() ? Map.of() : looks.getLast().progress();
    }

    /** How fast these are copied, from the oldest look that knows one of them to the newest; see {@link CopySpeed#between}. */
    Optional<CopySpeed> speed(Collection<TopicPartition> partitions) {
        return looks.stream()
                .filter(look -> partitions.stream().anyMatch(look.progress()::containsKey))
                .findFirst()
                .flatMap(oldest -> CopySpeed.between(oldest, looks.getLast(), partitions));
    }
}
