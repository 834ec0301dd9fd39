package org.reassign.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;

/**
 * Content of {@code /brokers/topics/T}: {@code {"version":1,"partitions":{"0":[1,2]}}}, with {@code adding_replicas}
 * and {@code removing_replicas} from version 2 on and {@code topic_id} from version 3 on. All fields but {@code
 * partitions} are kept as text.
 */
public final class TopicJson {
    /** Only the shortest form, so that no two names mean one partition. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private TopicJson() {}

    /** Whether the bytes survive decoding as text: a rewrite must keep fields that we do not know. */
    private static boolean isUtf8(byte[] data) {
        return Arrays.equals(new String(data, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), data);
    }

    /** Reads a topic; empty if the znode does not hold a topic's JSON. */
    public static Optional<TopicSnapshot> decode(String topic, ZkNode node) {
        Optional<JsonText.Fields> fields =
                isUtf8(node.data()) ? JsonText.parse(node.text(), Set.of("partitions")) : Optional.empty();
        if (fields.isEmpty() || !fields.get().get("partitions").isObject()) {
            return Optional.empty();
        }
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        for (Map.Entry<String, JsonNode> partition :
                fields.get().get("partitions").properties()) {
            Optional<Replicas> replicas = JsonText.replicas(partition.getValue());
            if (replicas.isEmpty() || !NUMBER.matcher(partition.getKey()).matches()) {
                return Optional.empty();
            }
            assigned.put(Integer.parseInt(partition.getKey()), replicas.get());
        }
        return Optional.of(new TopicSnapshot(
                topic, assigned, fields.get().others(), node.stat().version(), new TreeMap<>(), ZkSnapshot.EMPTY));
    }

    /** Writes a topic. */
    public static String encode(Map<Integer, Replicas> assigned, Map<String, String> fields) {
        return JsonText.object(json -> {
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                json.writeRawValue(field.getValue());
            }
            json.writeObjectFieldStart("partitions");
            for (Map.Entry<Integer, Replicas> partition : assigned.entrySet()) {
                json.writeFieldName(partition.getKey().toString());
                JsonText.write(json, partition.getValue());
            }
            json.writeEndObject();
        });
    }
}
