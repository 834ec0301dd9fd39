package org.reassign.cli.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.reassign.api.client.Reassignment;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.ReconnectingReader;
import org.reassign.core.throttle.ThrottleTree;

/** Looks again and again at how far reassignments are copied. */
final class CopyMonitor {
    private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final OpenClient open;
    private final CopyHistory history = new CopyHistory();
    /** What was known last of what is looked at, also where a broker is silent now. */
    private final Map<TopicPartition, CopyProgress> known = new HashMap<>();

    private Set<TopicPartition> throttled = Set.of();
    private Optional<Long> throttledRead = Optional.empty();

    CopyMonitor(OpenClient open) {
        this.open = open;
    }

    /** Asks the brokers of these, which are all that is looked at. */
    void look(Collection<Reassignment> running) {
        List<CopyJob> jobs = running.stream().map(CopyJob::of).toList();
        DiskSnapshot disks = open.look(jobs);
        Map<TopicPartition, CopyProgress> progress = new HashMap<>();
        jobs.forEach(job -> job.progress(disks).ifPresent(known -> progress.put(job.partition(), known)));
        history.add(new CopySpeed.Look(System.nanoTime(), progress));
        known.keySet().retainAll(jobs.stream().map(CopyJob::partition).collect(Collectors.toSet()));
        known.putAll(progress);
    }

    /** How far it is, how fast, and how long it takes, as far as the looks tell. */
    Optional<String> text(TopicPartition partition) {
        return Optional.ofNullable(history.newest().get(partition))
                .flatMap(CopyProgress::text)
                .map(text -> text + speed(Set.of(partition)));
    }

    /** The same of all together. */
    Optional<String> text() {
        return total(history.newest())
                .flatMap(CopyProgress::text)
                .map(text -> text + speed(history.newest().keySet()));
    }

    private static Optional<CopyProgress> total(Map<TopicPartition, CopyProgress> progress) {
        return progress.values().stream().reduce(CopyProgress::plus);
    }

    /** Changes whenever a line should be printed again: with each tenth, and with the verdict. */
    String stage(TopicPartition partition) {
        return Optional.ofNullable(known.get(partition))
                        .map(CopyProgress::tenths)
                        .orElse(-1)
                + verdict(Set.of(partition));
    }

    /** The same of all together. */
    String stage() {
        return total(known).map(CopyProgress::tenths).orElse(-1) + verdict(known.keySet());
    }

    private String speed(Set<TopicPartition> partitions) {
        return history.speed(partitions)
                .filter(speed -> speed.left() > 0)
                .map(speed -> ", " + speed + verdict(partitions))
                .orElse("");
    }

    private String verdict(Set<TopicPartition> partitions) {
        boolean isOutrun = history.speed(partitions).filter(CopySpeed::isOutrun).isPresent();
        return isOutrun && partitions.stream().anyMatch(throttled()::contains)
                ? ", will not finish at this throttle, since as much is written as is copied"
                : "";
    }

    /** What is throttled, as read within the last half minute. */
    private Set<TopicPartition> throttled() {
        long now = System.nanoTime();
        if (throttledRead.isEmpty() || now - throttledRead.get() >= READ_AGAIN_NANOS) {
            throttledRead = Optional.of(now);
            try (ZkPort zk = open.sessions().open("requester")) {
                throttled = ThrottleTree.read(new ReconnectingReader(zk)).partitions();
            } catch (ZkException e) {
                return throttled; // ZooKeeper is away: what was read before is as good as anything
            }
        }
        return throttled;
    }
}
