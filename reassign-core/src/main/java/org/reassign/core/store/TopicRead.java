package org.reassign.core.store;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkSnapshot;

/**
 * One topic as it was read.
 *
 * @param topic its name
 * @param content its znode
 * @param byLayout partition to record, for each of the reader's layouts in their order, also of partitions that the
 *     topic does not have; none of a topic that is gone
 * @param znodes the topic's znodes below the layouts' roots, including parents and empty znodes
 * @param strays znodes that block future records, in the order of removal: records that cannot be read, are older than
 *     their topic or have none, and znodes without data and children
 * @param warnings the faults of the records, a sentence each
 */
public record TopicRead(
        String topic,
        Content content,
        List<SortedMap<Integer, ReassignmentRecord>> byLayout,
        ZkSnapshot znodes,
        List<String> strays,
        List<String> warnings) {
    /** Copies the lists. */
    public TopicRead {
        byLayout = List.copyOf(byLayout);
        strays = List.copyOf(strays);
        warnings = List.copyOf(warnings);
    }

    /** The content of {@code /brokers/topics/T}. */
    public sealed interface Content {
        /** There is no such topic. */
        record Absent() implements Content {}

        /** The znode exists, but does not hold a topic's JSON. */
        record Unreadable(long czxid, int version) implements Content {}

        /** The topic, without records; a different {@code czxid} means another topic of this name. */
        record Present(long czxid, TopicSnapshot topic) implements Content {}
    }

    /** Partition to record; if several layouts have one, that of the first counts. */
    public SortedMap<Integer, ReassignmentRecord> records() {
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        byLayout.forEach(found -> found.forEach(records::putIfAbsent));
        return records;
    }

    /** The same for one layout; if the topic is readable, only of partitions that it has. */
    public SortedMap<Integer, ReassignmentRecord> records(int layout) {
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>(byLayout.get(layout));
        if (content instanceof Content.Present present) {
            records.keySet().retainAll(present.topic().assigned().keySet());
        }
        return records;
    }

    /** The topic with the records of the reader's first layout; empty if it cannot be read. */
    public Optional<TopicSnapshot> snapshot() {
        return snapshot(0);
    }

    /** The topic with the records of one of the reader's layouts; empty if it cannot be read. */
    public Optional<TopicSnapshot> snapshot(int layout) {
        return content instanceof Content.Present present
                ? Optional.of(with(present.topic(), records(layout)))
                : Optional.empty();
    }

    /** The zxid of the topic's creation; empty if it is gone. */
    public Optional<Long> czxid() {
        if (content instanceof Content.Present present) {
            return Optional.of(present.czxid());
        }
        return content instanceof Content.Unreadable unreadable ? Optional.of(unreadable.czxid()) : Optional.empty();
    }

    /** Whether the topic znode exists but does not hold a topic's JSON. */
    public boolean isUnreadable() {
        return content instanceof Content.Unreadable;
    }

    /** The topic with these records instead. */
    public static TopicSnapshot with(TopicSnapshot topic, SortedMap<Integer, ReassignmentRecord> records) {
        return new TopicSnapshot(
                topic.topic(), topic.assigned(), topic.fields(), topic.version(), records, ZkSnapshot.EMPTY);
    }
}
