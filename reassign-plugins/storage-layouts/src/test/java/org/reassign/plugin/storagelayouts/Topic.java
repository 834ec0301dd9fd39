package org.reassign.plugin.storagelayouts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkStat;

/** The topic {@code orders} with a partition 0, as a layout reads and changes it. */
final class Topic {
    static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final StorageLayout layout;
    private final SortedMap<Integer, Replicas> assigned = new TreeMap<>();
    private final SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>();
    private final SortedMap<String, ZkNode> znodes = new TreeMap<>();
    final SortedMap<String, String> fields = new TreeMap<>();

    Topic(StorageLayout layout, Replicas replicas, Map<String, String> fields) {
        this.layout = layout;
        assigned.put(0, replicas);
        this.fields.putAll(fields);
    }

    static ReassignmentRecord move(Replicas target, Replicas original, Replicas dropping) {
        return new ReassignmentRecord(
                PARTITION,
                target,
                original,
                dropping,
                Mechanism.REQUEST,
                7,
                "request_0000000003",
                Optional.of("alice"),
                Optional.empty(),
                1_000);
    }

    TopicSnapshot snapshot() {
        return new TopicSnapshot("orders", assigned, fields, 0, inFlight, new ZkSnapshot(znodes));
    }

    void znode(String path, String text, int children) {
        znodes.put(path, new ZkNode(text.getBytes(StandardCharsets.UTF_8), new ZkStat(1, 1, 0, 0, children, false)));
    }

    /** Writes a change and returns the fields that were written. */
    Map<String, Optional<String>> write(Replicas replicas, Optional<ReassignmentRecord> record) {
        Map<String, Optional<String>> written = layout.encode(
                        snapshot(), List.of(new RecordChange(0, replicas, record)))
                .topicFields();
        written.forEach(
                (field, text) -> text.ifPresentOrElse(json -> fields.put(field, json), () -> fields.remove(field)));
        assigned.put(0, replicas);
        record.ifPresentOrElse(now -> inFlight.put(0, now), () -> inFlight.remove(0));
        return written;
    }

    /** What a controller that starts now reads. */
    List<ReassignmentRecord> read() {
        inFlight.clear();
        return layout.decode(snapshot()).records();
    }
}
