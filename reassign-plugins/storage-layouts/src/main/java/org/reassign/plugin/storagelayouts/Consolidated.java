package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pf4j.Extension;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.PathPattern;

/**
 * Records inside the topic's own znode, for partitions in flight only: Jun Rao's points 10 and 12. Record and assigned
 * replicas change in one write, which saves the thread's writes (b) and (e), two per partition.
 *
 * <p>{@code /brokers/topics/T} gets one field more, {@code reassignments}, from partition number to record: {@code
 * {"version":2,"partitions":{"0":[4,5,6,1,2,3]},…,"reassignments":{"0":{"version":1,"target":[4,5,6],
 * "original":[1,2,3],"dropping":[],"mechanism":"request","zxid":8589934621,"request":"request_0000000007",
 * "since":1795343978829}}}}. The field is removed when no partition is left in flight. Kafka reads over fields that it
 * does not know; a Kafka controller that takes over and rewrites the znode loses them, and with them the reassignment.
 *
 * <p>The field is encoded afresh from what is in flight at each change, so a record that could not be read, and was
 * reported, goes with the next write.
 */
@Extension
@PluginName(value = "consolidated", description = "Records as extra fields of the topic znode")
public final class Consolidated implements StorageLayout {
    private static final String FIELD = "reassignments";

    @Override
    public List<PathPattern> recordPaths() {
        return List.of();
    }

    @Override
    public StoredRecords decode(TopicSnapshot topic) {
        String where = "the field '" + FIELD + "' of /brokers/topics/" + topic.topic();
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        List<StoredRecords.Fault> faults = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> stored : stored(topic).properties()) {
                try {
                    TopicPartition partition = PartitionNumber.of(topic.topic(), stored.getKey());
                    records.put(partition.partition(), RecordJson.decode(partition, stored.getValue()));
                } catch (RecordFault e) {
                    faults.add(RecordFault.ofField(
                            "the record '" + RecordFault.shown(stored.getKey()) + "' in " + where, e));
                }
            }
        } catch (RecordFault e) {
            faults.add(RecordFault.ofField(where, e));
        }
        return new StoredRecords(List.copyOf(records.values()), faults);
    }

    private static JsonNode stored(TopicSnapshot topic) throws RecordFault {
        String text = topic.fields().get(FIELD);
        if (text == null) {
            return RecordJson.object();
        }
        JsonNode json = RecordJson.parse(text);
        if (!json.isObject()) {
            throw new RecordFault("is no JSON object");
        }
        return json;
    }

    @Override
    public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
        SortedMap<Integer, ReassignmentRecord> records = Changed.records(topic, changes);
        if (records.equals(topic.inFlight())) {
            return new RecordWrites(List.of(), Map.of(), List.of());
        }
        Optional<String> text = records.isEmpty() ? Optional.empty() : Optional.of(encode(records));
        return new RecordWrites(List.of(), Map.of(FIELD, text), List.of());
    }

    private static String encode(SortedMap<Integer, ReassignmentRecord> records) {
        ObjectNode json = RecordJson.object();
        records.forEach((partition, record) -> json.set(Integer.toString(partition), RecordJson.encode(record)));
        return json.toString();
    }
}
