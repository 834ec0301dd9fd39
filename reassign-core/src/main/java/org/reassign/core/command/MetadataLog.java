package org.reassign.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.PartitionState;

/**
 * The newest metadata of every partition, in the order of its arrival: one sequence for all brokers, each of which has
 * a position in it. A broker that begins at {@link #START} gets all.
 */
final class MetadataLog {
    /** Before the first entry. */
    static final long START = 0;

    private final NavigableMap<Long, PartitionState> entries = new TreeMap<>();
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    private long last = START;

    /** Some entries, and the position after them. */
    record Chunk(List<PartitionState> partitions, long end) {}

    /** Adds metadata; it replaces the partition's earlier one. */
    void add(PartitionState partition) {
        Long before = positions.put(partition.partition(), ++last);
        if (before != null) {
            entries.remove(before);
        }
        entries.put(last, partition);
    }

    /** A topic is gone: removes its metadata. */
    void dropTopic(String topic) {
        Map<TopicPartition, Long> dropped = ofTopic(positions, topic);
        dropped.values().forEach(entries::remove);
        dropped.clear();
    }

    /** Whether there are entries after this position. */
    boolean isBehind(long position) {
        return !entries.isEmpty() && entries.lastKey() > position;
    }

    /** The next entries after this position. */
    Chunk next(long position, int limit) {
        List<PartitionState> partitions = new ArrayList<>();
        long end = last;
        for (Map.Entry<Long, PartitionState> entry :
                entries.tailMap(position, false).entrySet()) {
            if (partitions.size() == limit) {
                break;
            }
            partitions.add(entry.getValue());
            end = entry.getKey();
        }
        return new Chunk(partitions, partitions.isEmpty() ? position : end);
    }

    /** The entries of one topic in a map. */
    static <T> SortedMap<TopicPartition, T> ofTopic(SortedMap<TopicPartition, T> map, String topic) {
        return map.subMap(new TopicPartition(topic, 0), new TopicPartition(topic + '\0', 0));
    }
}
