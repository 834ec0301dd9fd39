package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;

/** A field of the topic znode such as {@code "adding_replicas":{"0":[2,3]}}: partition number to brokers, none empty. */
final class ReplicaLists {
    private ReplicaLists() {}

    /**
     * Reads a field; an absent one and {@code null} name no partition.
     *
     * @param lists gets what can be read
     * @param unreadable gets the partitions of which it cannot
     * @param faults gets why
     * @throws RecordFormatException where nothing of the field can be read
     */
    static void read(
            TopicSnapshot topic,
            String field,
            Map<Integer, Replicas> lists,
            Collection<Integer> unreadable,
            List<StoredRecords.Fault> faults)
            throws RecordFormatException {
        JsonNode json = Json.parse(topic.fields().getOrDefault(field, "{}"));
        if (!json.isObject() && !json.isNull()) {
            throw new RecordFormatException("is no JSON object");
        }
        for (Map.Entry<String, JsonNode> list : json.properties()) {
            try {
                int partition = existing(topic, list.getKey());
                unreadable.add(partition);
                lists.put(partition, Json.replicas(list.getKey(), list.getValue()));
                unreadable.remove(partition);
            } catch (RecordFormatException e) {
                faults.add(e.ofPart("'" + RecordFormatException.shown(list.getKey()) + "' in the field '" + field
                        + "' of /brokers/topics/" + topic.topic()));
            }
        }
        lists.values().removeIf(Replicas::isEmpty);
    }

    /** Writes a field. */
    static JsonNode write(SortedMap<Integer, Replicas> lists) {
        ObjectNode json = Json.object();
        lists.forEach((partition, replicas) -> {
            if (!replicas.isEmpty()) {
                json.set(Integer.toString(partition), Json.encode(replicas));
            }
        });
        return json;
    }

    /** Reads the number of a partition that the topic has. */
    static int existing(TopicSnapshot topic, String text) throws RecordFormatException {
        int partition = RecordCodec.partition(topic.topic(), text).partition();
        if (!topic.assigned().containsKey(partition)) {
            throw new RecordFormatException("names partition " + partition + ", which the topic does not have");
        }
        return partition;
    }
}
