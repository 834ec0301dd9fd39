package org.reassign.plugin.simulatedbrokers;

import java.util.concurrent.ConcurrentSkipListMap;
import org.reassign.api.model.TopicPartition;

/** The disks of all brokers, running or not; may be read by any thread. */
final class Disks {
    private final ConcurrentSkipListMap<Integer, Disk> disks = new ConcurrentSkipListMap<>();

    /** A broker's disk; an empty one for a broker that never ran. */
    Disk of(int broker) {
        return disks.computeIfAbsent(broker, id -> new Disk());
    }

    /** Deletes a topic from all disks. */
    void deleteTopic(String topic) {
        disks.values().forEach(disk -> disk.deleteTopic(topic));
    }

    /** What a broker has of a partition; 0 where it has no replica. */
    long bytes(int broker, TopicPartition partition, long nowMillis) {
        return of(broker)
                .get(partition)
                .map(content -> content.bytesAt(nowMillis))
                .orElse(0L);
    }
}
