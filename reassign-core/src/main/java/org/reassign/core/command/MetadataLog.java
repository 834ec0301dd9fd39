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
 * The newest metadata of every partition of which any was given, in the order in which it was given: one sequence for
 * all brokers, each of which remembers how far it has been told. A broker that begins at {@link #START} is told all.
 */
final class MetadataLog {
    /** Before the first entry. */
    static final long START = 0;

    private final NavigableMap<Long, PartitionState> entries = new TreeMap<>();
    private final SortedMap<TopicPartition, Long> positions = new TreeMap<>();
    private long last = START;

    /** Some entries, and how far one has been told with them. */
    record Chunk(List<PartitionState> partitions, long end) {}

    /** Adds metadata; what was said of the partition before is gone. */
    void add(PartitionState partition) {
        Long before = positions.put(partition.partition(), ++last);
        if (before != null) {
            entries.remove(before);
        }
        entries.put(last, partition);
    }

    /** A topic is gone: nothing more is said of it. */
    void dropTopic(String topic) {
        Map<TopicPartition, Long> dropped = ofTopic(positions, topic);
        dropped.values().forEach(entries::remove);
        dropped.clear();
    }

    /** Whether there is anything behind this position. */
    boolean isBehind(long position) {
        return !entries.isEmpty() && entries.lastKey() > position;
    }

    /** What comes next behind this position. */
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

    /** The part of a map that is about one topic. */
    static <T> SortedMap<TopicPartition, T> ofTopic(SortedMap<TopicPartition, T> map, String topic) {
        return map.subMap(new TopicPartition(topic, 0), new TopicPartition(topic + '\0', 0));
    }
}
