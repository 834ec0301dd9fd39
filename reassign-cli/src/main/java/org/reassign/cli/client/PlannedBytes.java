package org.reassign.cli.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bytes that a plan copies.
 *
 * @param received by each broker that gets a replica
 * @param sent by each broker that leads a partition of which one is made
 */
record PlannedBytes(SortedMap<Integer, Long> received, SortedMap<Integer, Long> sent) {
    /** Of all these; empty where one of them is not known. */
    static Optional<PlannedBytes> of(Collection<CopyJob> jobs, DiskSnapshot disks) {
        PlannedBytes planned = new PlannedBytes(new TreeMap<>(), new TreeMap<>());
        for (CopyJob job : jobs) {
            for (int broker : job.behind().ids()) {
                Optional<CopyProgress> one = job.to(broker).progress(disks);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                planned.received.merge(broker, one.get().left(), Long::sum);
                planned.sent.merge(job.leader().orElseThrow(), one.get().left(), Long::sum);
            }
        }
        return Optional.of(planned);
    }

    long total() {
        return received.values().stream().mapToLong(bytes -> bytes).sum();
    }

    /** What the busiest broker needs to send, or to receive, at so many bytes per second; at most what a long can hold. */
    Duration at(long bytesPerSecond) {
        long most = Stream.concat(received.values().stream(), sent.values().stream())
                .mapToLong(bytes -> bytes)
                .max()
                .orElse(0);
        return Duration.ofSeconds(most / bytesPerSecond + (most % bytesPerSecond == 0 ? 0 : 1));
    }
}
