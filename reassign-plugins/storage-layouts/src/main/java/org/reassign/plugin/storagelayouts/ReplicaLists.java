package org.reassign.plugin.storagelayouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
     * @throws RecordFault where nothing of the field can be read
     */
    static void read(
            TopicSnapshot topic,
            String field,
            Map<Integer, Replicas> lists,
            Collection<Integer> unreadable,
            List<StoredRecords.Fault> faults)
            throws RecordFault {
        JsonNode json = RecordJson.parse(topic.fields().getOrDefault(field, "{}"));
        if (!json.isObject() && !json.isNull()) {
            throw new RecordFault("is no JSON object");
        }
        for (Map.Entry<String, JsonNode> list : json.properties()) {
            try {
                int partition = PartitionNumber.existing(topic, list.getKey());
                unreadable.add(partition);
                lists.put(partition, RecordJson.replicas(json, list.getKey()));
                unreadable.remove(partition);
            } catch (RecordFault e) {
                faults.add(RecordFault.ofField(
                        "'" + RecordFault.shown(list.getKey()) + "' in the field '" + field + "' of /brokers/topics/"
                                + topic.topic(),
                        e));
            }
        }
        lists.values().removeIf(Replicas::isEmpty);
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
