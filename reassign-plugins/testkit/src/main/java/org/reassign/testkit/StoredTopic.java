package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/** One topic as it lies in ZooKeeper, and what the core does with a layout's writes. */
final class StoredTopic {
    private final String topic;
    private final StorageLayout layout;
    private final StoredZnodes znodes = new StoredZnodes();
    private final SortedMap<Integer, Replicas> assigned;
    private final SortedMap<String, String> fields = new TreeMap<>();
    private final SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>();
    private int version = 3;

    StoredTopic(String topic, StorageLayout layout, SortedMap<Integer, Replicas> assigned) {
        this.topic = topic;
        this.layout = layout;
        this.assigned = new TreeMap<>(assigned);
        fields.put("version", "3");
        fields.put("topic_id", "\"AAAAAAAAAAAAAAAAAAAAAQ\"");
        fields.put("adding_replicas", "{}");
        fields.put("removing_replicas", "{}");
        fields.put("owner", "{\"team\":\"payments\"}");
        layout.placement().recordRoot().ifPresent(znodes::makeRoot);
    }

    /** The topic as the core hands it to a layout that is to encode. */
    TopicSnapshot before() {
        return new TopicSnapshot(topic, assigned, fields, version, inFlight, StoredZnodes.NONE);
    }

    /** The topic as the core hands it to a layout that is to decode. */
    TopicSnapshot stored() {
        return new TopicSnapshot(
                topic, assigned, fields, version, new TreeMap<>(), znodes.records(layout.placement(), topic));
    }

    /** Encodes and writes changes, all at once. */
    RecordWrites write(RecordChange... changes) {
        return writeOneByOne(() -> {}, changes);
    }

    /** Encodes changes and writes them; {@code check} runs before each write up to that of the topic. */
    RecordWrites writeOneByOne(Runnable check, RecordChange... changes) {
        RecordWrites writes = layout.encode(before(), List.of(changes));
        assertThat(writes.topicFields()).as("'partitions' is the core's").doesNotContainKey("partitions");
        check.run();
        for (ZkWrite write : writes.before()) {
            znodes.commit(List.of(write));
            check.run();
        }
        for (Map.Entry<String, Optional<String>> field : writes.topicFields().entrySet()) {
            field.getValue()
                    .ifPresentOrElse(text -> fields.put(field.getKey(), text), () -> fields.remove(field.getKey()));
        }
        for (RecordChange change : changes) {
            assigned.put(change.partition(), change.assigned());
            change.record()
                    .ifPresentOrElse(
                            record -> inFlight.put(change.partition(), record),
                            () -> inFlight.remove(change.partition()));
        }
        version++;
        znodes.commit(writes.after());
        return writes;
    }

    /** Goes on from what could be read, and deletes what could not, as the core does. */
    void giveUp(StoredRecords stored) {
        inFlight.clear();
        stored.records().forEach(record -> inFlight.put(record.partition().partition(), record));
        for (StoredRecords.Fault fault : stored.faults()) {
            fault.znode().ifPresent(this::delete);
        }
    }

    private void delete(String path) {
        znodes.commit(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION)));
        String parent = path.substring(0, path.lastIndexOf('/'));
        boolean root = layout.placement().recordRoot().equals(Optional.of(parent));
        if (!root && znodes.texts().keySet().stream().noneMatch(child -> child.startsWith(parent + "/"))) {
            znodes.commit(List.of(ZkWrite.delete(parent, ZkWrite.ANY_VERSION)));
        }
    }

    SortedMap<String, String> fields() {
        return fields;
    }

    StoredZnodes znodes() {
        return znodes;
    }

    List<ReassignmentRecord> inFlight() {
        return List.copyOf(inFlight.values());
    }

    /** What a reader finds: fields and znodes, without versions. */
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>(fields);
        content.putAll(znodes.texts());
        return content;
    }
}
