package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.TopicSnapshot;

/** A field of the topic znode such as {@code "adding_replicas":{"0":[2,3]}}: partition number to brokers, none empty. */
final class ReplicaLists {
    private ReplicaLists() {}

    /** Reads a field; an absent one and {@code null} name no partition. */
    static SortedMap<Integer, Replicas> read(TopicSnapshot topic, String field) throws RecordFault {
        SortedMap<Integer, Replicas> lists = new TreeMap<>();
        JsonNode json = RecordJson.parse(topic.fields().getOrDefault(field, "{}"));
        if (!json.isObject() && !json.isNull()) {
            throw new RecordFault("is no JSON object");
        }
        for (Map.Entry<String, JsonNode> list : json.properties()) {
            int partition = PartitionNumber.of(topic.topic(), list.getKey()).partition();
            if (!topic.assigned().containsKey(partition)) {
                throw new RecordFault("names partition " + partition + ", which the topic does not have");
            }
            lists.put(partition, RecordJson.replicas(json, list.getKey()));
        }
        lists.values().removeIf(Replicas::isEmpty);
        return lists;
    }

    /** Writes a field. */
    static JsonNode write(SortedMap<Integer, Replicas> lists) {
        ObjectNode json = RecordJson.object();
        lists.forEach((partition, replicas) -> {
            if (!replicas.isEmpty()) {
                json.set(Integer.toString(partition), RecordJson.encode(replicas));
            }
        });
        return json;
    }
}
