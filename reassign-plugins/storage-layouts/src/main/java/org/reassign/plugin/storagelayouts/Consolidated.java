package org.reassign.plugin.storagelayouts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.pf4j.Extension;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;

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
    public Placement placement() {
        return new Placement.InTopic();
    }

    @Override
    public StoredRecords decode(TopicSnapshot topic) {
        String where = "the field '" + FIELD + "' of /brokers/topics/" + topic.topic();
        try {
            return RecordCodec.decode(topic.topic(), topic.fields().getOrDefault(FIELD, "{}"), where);
        } catch (RecordFormatException e) {
            return new StoredRecords(List.of(), List.of(e.ofPart(where)));
        }
    }

    @Override
    public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
        SortedMap<Integer, ReassignmentRecord> records = RecordCodec.changed(topic, changes);
        if (records.equals(topic.inFlight())) {
            return new RecordWrites(List.of(), Map.of(), List.of());
        }
        Optional<String> text = records.isEmpty() ? Optional.empty() : Optional.of(RecordCodec.encode(records));
        return new RecordWrites(List.of(), Map.of(FIELD, text), List.of());
    }
}
