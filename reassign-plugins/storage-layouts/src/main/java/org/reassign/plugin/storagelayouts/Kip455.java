package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pf4j.Extension;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;

/**
 * Records inside the topic's own znode as Kafka ≥ 2.4 writes them (KIP-455), so that a real Kafka controller that takes
 * over in mid-flight resumes and completes: {@code {"version":3,"partitions":{"0":[2,3,0,1]},"adding_replicas":{"0":
 * [2,3]},"removing_replicas":{"0":[0,1]},"reassignment_details":{"0":{"version":1,"original":[0,1],"dropping":[],…}}}}.
 *
 * <p>{@code removing_replicas} = replicas − target and {@code adding_replicas} = replicas − original, only lists that are
 * not empty; so target = replicas − removing, since the core keeps the target in front. The rest of the record is in
 * {@code reassignment_details}, which goes with the last record. A topic of version 1 becomes one of version 2 and stays
 * so, with both maps empty, as under Kafka; versions 2 and 3 are kept.
 *
 * <p>Kafka cancels by going back to replicas − adding. Where a drop policy let go of originals, that would be fewer than
 * there were: so for each one missing a stand-in is left out of {@code adding_replicas}. The best one leads or is in
 * sync. A codec does not see that, so the first is taken that is neither original nor in the target, for a policy keeps
 * such a one only for being in sync; else the first of the target.
 *
 * <p>Kafka reads over {@code reassignment_details} and loses it when it rewrites the znode. What is in flight without
 * details is Kafka's own reassignment: it came by the request {@value #KAFKA}, older than any other, at a time unknown (0).
 */
@Extension
@PluginName(value = "kip-455", description = "Records in the topic znode in the form of Kafka 2.4 and later")
public final class Kip455 implements StorageLayout {
    static final String KAFKA = "kafka-controller";
    private static final String ADDING = "adding_replicas";
    private static final String REMOVING = "removing_replicas";
    private static final String DETAILS = "reassignment_details";
    private static final String VERSION = "version";

    @Override
    public Placement placement() {
        return new Placement.InTopic();
    }

    @Override
    public boolean isCompletedByKafka() {
        return true;
    }

    @Override
    public StoredRecords decode(TopicSnapshot topic) {
        List<StoredRecords.Fault> faults = new ArrayList<>();
        SortedMap<Integer, Replicas> adding = new TreeMap<>();
        SortedMap<Integer, Replicas> removing = new TreeMap<>();
        TreeSet<Integer> unreadable = new TreeSet<>();
        boolean adds = lists(topic, ADDING, adding, unreadable, faults);
        boolean removes = lists(topic, REMOVING, removing, unreadable, faults);
        SortedMap<Integer, JsonNode> details = details(topic, faults);
        if (!adds || !removes) {
            return new StoredRecords(List.of(), faults);
        }
        TreeSet<Integer> partitions = new TreeSet<>(details.keySet());
        partitions.addAll(adding.keySet());
        partitions.addAll(removing.keySet());
        partitions.removeAll(unreadable);
        List<ReassignmentRecord> records = new ArrayList<>();
        for (int number : partitions) {
            Replicas assigned = topic.assigned().get(number);
            Replicas target = assigned.minus(removing.getOrDefault(number, Replicas.NONE));
            Replicas original = assigned.minus(adding.getOrDefault(number, Replicas.NONE));
            TopicPartition partition = new TopicPartition(topic.topic(), number);
            try {
                records.add(KafkaReassignment.record(partition, target, original, details.get(number)));
            } catch (RecordFormatException e) {
                faults.add(e.ofPart("the reassignment of partition " + number + " in " + path(topic)));
            }
        }
        return new StoredRecords(records, faults);
    }

    /** Whether the field could be read at all. */
    private static boolean lists(
            TopicSnapshot topic,
            String field,
            SortedMap<Integer, Replicas> lists,
            Set<Integer> unreadable,
            List<StoredRecords.Fault> faults) {
        try {
            ReplicaLists.read(topic, field, lists, unreadable, faults);
            return true;
        } catch (RecordFormatException e) {
            faults.add(e.ofPart(where(topic, field)));
            return false;
        }
    }

    private static SortedMap<Integer, JsonNode> details(TopicSnapshot topic, List<StoredRecords.Fault> faults) {
        SortedMap<Integer, JsonNode> details = new TreeMap<>();
        try {
            JsonNode json = Json.parse(topic.fields().getOrDefault(DETAILS, "{}"));
            if (!json.isObject()) {
                throw new RecordFormatException("is no JSON object");
            }
            for (Map.Entry<String, JsonNode> one : json.properties()) {
                try {
                    details.put(ReplicaLists.existing(topic, one.getKey()), one.getValue());
                } catch (RecordFormatException e) {
                    String name = RecordFormatException.shown(one.getKey());
                    faults.add(e.ofPart("'" + name + "' in " + where(topic, DETAILS)));
                }
            }
        } catch (RecordFormatException e) {
            faults.add(e.ofPart(where(topic, DETAILS)));
        }
        return details;
    }

    private static String where(TopicSnapshot topic, String field) {
        return "the field '" + field + "' of " + path(topic);
    }

    private static String path(TopicSnapshot topic) {
        return "/brokers/topics/" + topic.topic();
    }

    @Override
    public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
        SortedMap<Integer, ReassignmentRecord> records = RecordCodec.changed(topic, changes);
        if (records.isEmpty() && topic.inFlight().isEmpty()) {
            return new RecordWrites(List.of(), Map.of(), List.of());
        }
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(topic.assigned());
        changes.forEach(change -> assigned.put(change.partition(), change.assigned()));
        SortedMap<Integer, Replicas> adding = new TreeMap<>();
        SortedMap<Integer, Replicas> removing = new TreeMap<>();
        ObjectNode details = Json.object();
        records.forEach((partition, record) -> {
            adding.put(partition, KafkaReassignment.adding(record, assigned.get(partition)));
            removing.put(partition, assigned.get(partition).minus(record.target()));
            details.set(Integer.toString(partition), KafkaReassignment.details(record));
        });
        Map<String, Optional<String>> fields = new TreeMap<>();
        put(topic, ADDING, Optional.of(ReplicaLists.write(adding)), fields);
        put(topic, REMOVING, Optional.of(ReplicaLists.write(removing)), fields);
        put(topic, DETAILS, details.isEmpty() ? Optional.empty() : Optional.of(details), fields);
        if (topic.fields().getOrDefault(VERSION, "1").equals("1")) {
            fields.put(VERSION, Optional.of("2"));
        }
        return new RecordWrites(List.of(), fields, List.of());
    }

    /** A field that says the same already is not written. */
    private static void put(
            TopicSnapshot topic, String field, Optional<JsonNode> json, Map<String, Optional<String>> fields) {
        if (!json.equals(stored(topic, field))) {
            fields.put(field, json.map(JsonNode::toString));
        }
    }

    private static Optional<JsonNode> stored(TopicSnapshot topic, String field) {
        try {
            String text = topic.fields().get(field);
            return text == null ? Optional.empty() : Optional.of(Json.parse(text));
        } catch (RecordFormatException unreadable) {
            return Optional.of(Json.object().putNull(field));
        }
    }
}
