package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** One record, divided between Kafka's own fields and the details that Kafka does not know. */
final class KafkaReassignment {
    private static final String TARGET = "target";

    private KafkaReassignment() {}

    /** What the details hold: the record without its target. */
    static ObjectNode details(ReassignmentRecord record) {
        ObjectNode json = Json.object(RecordCodec.encode(record));
        json.remove(TARGET);
        return json;
    }

    /**
     * Puts a record together again; without details it is Kafka's own.
     *
     * @param original what Kafka would go back to
     * @param details null where there are none
     */
    static ReassignmentRecord record(TopicPartition partition, Replicas target, Replicas original, JsonNode details)
            throws RecordFormatException {
        if (details != null) {
            if (!details.isObject()) {
                throw new RecordFormatException("has details that are no JSON object");
            }
            ObjectNode whole = details.deepCopy();
            whole.set(TARGET, Json.encode(target));
            return RecordCodec.decode(partition, whole.toString());
        }
        if (target.isEmpty() || original.isEmpty()) {
            throw new RecordFormatException(
                    target.isEmpty() ? "removes every replica" : "adds every replica and leaves none to go back to");
        }
        return ReassignmentRecord.of(partition, target, original).withRequest(Mechanism.REQUEST, Kip455.KAFKA, 0);
    }

    /** The replicas that Kafka counts as added: without the stand-ins for originals that were let go of. */
    static Replicas adding(ReassignmentRecord record, Replicas assigned) {
        Replicas added = assigned.minus(record.original());
        int missing = record.original().minus(assigned).size();
        Replicas kept = added.minus(record.dropping());
        Replicas standIns = kept.minus(record.target()).append(kept).limit(missing);
        return added.minus(standIns);
    }
}
