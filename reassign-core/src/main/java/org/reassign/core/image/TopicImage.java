package org.reassign.core.image;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pcollections.TreePMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkSnapshot;

/**
 * One topic as last observed.
 *
 * @param name its name
 * @param czxid zxid of its creation: another one is another topic of this name
 * @param version version of its znode when it could be read last, or was written by us
 * @param fields the fields of its JSON beside {@code partitions}, name to JSON text
 * @param reading how far its znode could be read
 * @param announced whether brokers were told of its partitions because a broker came or left
 * @param partitions by number
 * @param inFlight how many of them are in flight
 * @param known of how many the {@code state} was read, or looked for
 */
public record TopicImage(
        String name,
        long czxid,
        int version,
        Map<String, String> fields,
        Reading reading,
        boolean announced,
        TreePMap<Integer, PartitionImage> partitions,
        int inFlight,
        int known) {

    /** How far a topic's znode could be read. */
    enum Reading {
        /** It holds a topic's JSON. */
        READABLE,
        /** It did earlier in this term, and does not now: the image is from then. */
        SPOILED,
        /** It did not since this term began: its partitions are not known. */
        NEVER_READ
    }

    /** A topic that could not be read since this term began. */
    static TopicImage unread(String name, long czxid, int version) {
        return new TopicImage(name, czxid, version, Map.of(), Reading.NEVER_READ, false, TreePMap.empty(), 0, 0);
    }

    /** A topic as read for the first time; partitions with a record are as a starting controller finds them. */
    static TopicImage read(
            String name, Seen.Present<TopicContent> seen, SortedMap<Integer, ReassignmentRecord> records) {
        TopicImage topic = unread(name, seen.czxid(), seen.version())
                .written(seen.version(), seen.value().fields());
        TreeMap<Integer, PartitionImage> partitions = new TreeMap<>();
        seen.value().assigned().forEach((number, assigned) -> {
            ReassignmentRecord record = records.get(number);
            partitions.put(
                    number,
                    record == null ? PartitionImage.idle(assigned) : PartitionImage.recovered(assigned, record));
        });
        records.forEach((number, record) -> partitions.putIfAbsent(number, PartitionImage.removed(record)));
        int inFlight = (int)
                partitions.values().stream().filter(PartitionImage::isInFlight).count();
        return topic.with(TreePMap.from(partitions), inFlight, 0);
    }

    /** Whether the znode holds a topic's JSON. */
    public boolean readable() {
        return reading == Reading.READABLE;
    }

    /** Whether it could be read once since this term began. */
    public boolean wasRead() {
        return reading != Reading.NEVER_READ;
    }

    TopicImage with(int partition, PartitionImage now) {
        PartitionImage before = partitions.get(partition);
        return with(
                partitions.plus(partition, now),
                inFlight + inFlight(now) - inFlight(before),
                known + known(now) - known(before));
    }

    TopicImage without(int partition) {
        PartitionImage before = partitions.get(partition);
        return with(partitions.minus(partition), inFlight - inFlight(before), known - known(before));
    }

    private static int inFlight(PartitionImage partition) {
        return partition != null && partition.isInFlight() ? 1 : 0;
    }

    private static int known(PartitionImage partition) {
        return partition != null && partition.isKnown() ? 1 : 0;
    }

    private TopicImage with(TreePMap<Integer, PartitionImage> now, int nowInFlight, int nowKnown) {
        return new TopicImage(name, czxid, version, fields, reading, announced, now, nowInFlight, nowKnown);
    }

    /** The same as read again, or as written by us. */
    TopicImage written(int nowVersion, Map<String, String> nowFields) {
        return new TopicImage(
                name, czxid, nowVersion, nowFields, Reading.READABLE, announced, partitions, inFlight, known);
    }

    TopicImage spoiled() {
        Reading now = wasRead() ? Reading.SPOILED : Reading.NEVER_READ;
        return new TopicImage(name, czxid, version, fields, now, announced, partitions, inFlight, known);
    }

    TopicImage announce() {
        return new TopicImage(name, czxid, version, fields, reading, true, partitions, inFlight, known);
    }

    /** The partitions that pass the test, in order. */
    public List<TopicPartition> partitions(Predicate<PartitionImage> test) {
        return partitions.entrySet().stream()
                .filter(partition -> test.test(partition.getValue()))
                .map(partition -> new TopicPartition(name, partition.getKey()))
                .toList();
    }

    /** The topic as layouts see it: as it is stored. */
    public TopicSnapshot snapshot() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        partitions.forEach((number, partition) -> {
            if (!partition.assigned().isEmpty()) {
                assigned.put(number, partition.assigned());
            }
            partition.stored().ifPresent(record -> records.put(number, record));
        });
        return new TopicSnapshot(
                name, assigned, fields, version, Collections.unmodifiableSortedMap(records), ZkSnapshot.EMPTY);
    }
}
