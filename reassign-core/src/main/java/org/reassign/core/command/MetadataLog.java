package org.reassign.core.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
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

    /** Whether this is the partition's newest metadata. */
    boolean holds(PartitionState partition) {
        Long position = positions.get(partition.partition());
        return position != null && partition.equals(entries.get(position));
    }

    /**
     * A topic is gone: brokers are to forget its partitions. That is kept, since a broker that is away may have lost its
     * session only, and come back with the metadata that it had.
     */
    void dropTopic(String topic) {
        List<PartitionState> known = ofTopic(positions, topic).values().stream()
                .map(entries::get)
                .filter(entry -> entry.state().leader() != LeaderAndIsr.LEADER_DURING_DELETE)
                .toList();
        known.forEach(entry -> add(deleted(entry)));
    }

    private static PartitionState deleted(PartitionState known) {
        LeaderAndIsr state = known.state();
        LeaderAndIsr gone = new LeaderAndIsr(
                LeaderAndIsr.LEADER_DURING_DELETE,
                state.leaderEpoch(),
                state.controllerEpoch(),
                state.isr(),
                state.unknown());
        return new PartitionState(
                known.partition(),
                gone,
                known.zkVersion(),
                known.replicas(),
                Replicas.NONE,
                Replicas.NONE,
                Replicas.NONE,
                false);
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
