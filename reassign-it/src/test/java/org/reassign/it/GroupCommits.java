package org.reassign.it;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What a group has committed. A commit without an answer may count or not. May be used from any thread; only the member
 * that has a partition commits it.
 */
final class GroupCommits {
    /** By partition: each offset that may be the committed one, with the number of the record before it. */
    private final Map<TopicPartition, NavigableMap<Long, Long>> possible = new ConcurrentHashMap<>();

    /** Offset 0 is committed. */
    void begin(TopicPartition partition) {
        possible.put(partition, new TreeMap<>(Map.of(0L, -1L)));
    }

    /** The offset is about to be committed, the record before it has this number. */
    void tried(TopicPartition partition, long offset, long record) {
        NavigableMap<Long, Long> offsets = possible.get(partition);
        synchronized (offsets) {
            offsets.put(offset, record);
        }
    }

    /** The offset is committed. */
    void done(TopicPartition partition, long offset) {
        NavigableMap<Long, Long> offsets = possible.get(partition);
        synchronized (offsets) {
            offsets.headMap(offset, false).clear();
        }
    }

    /** The offset that is committed for certain. */
    long certain(TopicPartition partition) {
        NavigableMap<Long, Long> offsets = possible.get(partition);
        synchronized (offsets) {
            return offsets.firstKey();
        }
    }

    /** The number of the last record before the offset that is committed for certain, −1 for none. */
    long lastRecord(TopicPartition partition) {
        NavigableMap<Long, Long> offsets = possible.get(partition);
        synchronized (offsets) {
            return offsets.firstEntry().getValue();
        }
    }

    /**
     * A member starts at this offset.
     *
     * @return the number of the record before it
     * @throws AssertionError where it was never committed, or a later one was
     */
    long startedAt(TopicPartition partition, long offset) {
        NavigableMap<Long, Long> offsets = possible.get(partition);
        synchronized (offsets) {
            Long record = offsets.get(offset);
            if (record == null) {
                throw new AssertionError("a member starts at offset " + offset + " of " + partition
                        + ", but committed are one of " + offsets.keySet());
            }
            offsets.headMap(offset, false).clear();
            return record;
        }
    }
}
