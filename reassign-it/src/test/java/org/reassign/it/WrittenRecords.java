package org.reassign.it;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which numbered records were acknowledged. Each partition's are numbered from 0 on, in the order in which they were sent;
 * those that were not acknowledged may be there or not. May be used from any thread.
 */
final class WrittenRecords {
    private final Map<TopicPartition, BitSet> acknowledged = new ConcurrentHashMap<>();

    void acknowledged(TopicPartition partition, long number) {
        BitSet all = acknowledged.computeIfAbsent(partition, none -> new BitSet());
        synchronized (all) {
            all.set(Math.toIntExact(number));
        }
    }

    /** The highest number that was acknowledged so far, by partition. */
    Map<TopicPartition, Long> newest() {
        Map<TopicPartition, Long> newest = new ConcurrentHashMap<>();
        acknowledged.forEach((partition, all) -> {
            synchronized (all) {
                newest.put(partition, all.length() - 1L);
            }
        });
        return newest;
    }

    /** How many were acknowledged so far. */
    long count() {
        long count = 0;
        for (BitSet all : acknowledged.values()) {
            synchronized (all) {
                count += all.cardinality();
            }
        }
        return count;
    }

    /**
     * Accepts the record that a reader found next in a partition.
     *
     * @param before the number of the one before, −1 for none
     * @throws AssertionError where one was read twice or out of order, or an acknowledged one is missing in between
     */
    void check(TopicPartition partition, long offset, long before, long number) {
        if (number <= before) {
            throw new AssertionError("record " + number + " of " + partition + ", at offset " + offset
                    + ", comes after record " + before + ": it is there twice, or out of order");
        }
        BitSet all = acknowledged.getOrDefault(partition, new BitSet());
        synchronized (all) {
            long missing = all.nextSetBit(Math.toIntExact(before + 1));
            if (missing >= 0 && missing < number) {
                throw new AssertionError("record " + missing + " of " + partition
                        + " was acknowledged and is lost: after record " + before + " comes record " + number
                        + ", at offset " + offset);
            }
        }
    }
}
