package org.reassign.plugin.simulatedbrokers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** The znodes that brokers and topic creation write, as Kafka's {@code ZkData} has them. */
final class BrokerJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BrokerJson() {}

    /** {@code /brokers/ids/N}, version 4. */
    static String registration(String host, int port, Optional<String> rack, long nowMillis) {
        ObjectNode json = MAPPER.createObjectNode().put("version", 4);
        json.putObject("listener_security_protocol_map").put("PLAINTEXT", "PLAINTEXT");
        json.putArray("endpoints").add("PLAINTEXT://" + host + ":" + port);
        json.put("jmx_port", -1).put("host", host).put("port", port).put("timestamp", Long.toString(nowMillis));
        rack.ifPresent(name -> json.put("rack", name));
        return json.toString();
    }

    /** Whether a text is what {@link #registration} writes for this host and port, whatever rack and time. */
    static boolean isRegistration(String host, int port, String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            Optional<String> rack = Optional.ofNullable(json.path("rack").textValue());
            return text.equals(
                    registration(host, port, rack, json.path("timestamp").asLong()));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** {@code /brokers/topics/T}, version 1. */
    static String topic(SortedMap<Integer, Replicas> assigned) {
        ObjectNode json = MAPPER.createObjectNode().put("version", 1);
        ObjectNode partitions = json.putObject("partitions");
        assigned.forEach(
                (partition, replicas) -> addAll(partitions.putArray(Integer.toString(partition)), replicas.ids()));
        return json.toString();
    }

    /** {@code /config/topics/T}. */
    static String topicConfig(int minInSyncReplicas) {
        ObjectNode json = MAPPER.createObjectNode().put("version", 1);
        json.putObject("config").put("min.insync.replicas", Integer.toString(minInSyncReplicas));
        return json.toString();
    }

    /** {@code state}, with the fields we do not know as they were. */
    static String state(LeaderAndIsr state) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("version", 1)
                .put("leader", state.leader())
                .put("leader_epoch", state.leaderEpoch())
                .put("controller_epoch", state.controllerEpoch());
        addAll(json.putArray("isr"), state.isr().ids());
        new TreeMap<>(state.unknown()).forEach((name, text) -> json.set(name, read(text)));
        return json.toString();
    }

    /**
     * Leader and ISR of a {@code state} znode.
     *
     * @throws IllegalStateException where it holds no JSON
     */
    static LeaderAndIsr state(String text) {
        JsonNode json = read(text);
        List<Integer> isr = new ArrayList<>();
        json.path("isr").forEach(id -> isr.add(id.asInt()));
        return new LeaderAndIsr(
                json.path("leader").asInt(LeaderAndIsr.NO_LEADER),
                json.path("leader_epoch").asInt(),
                json.path("controller_epoch").asInt(),
                Replicas.copyOf(isr),
                Map.of());
    }

    /** {@code /isr_change_notification/isr_change_N}. */
    static String notification(Collection<TopicPartition> partitions) {
        ObjectNode json = MAPPER.createObjectNode().put("version", 1);
        ArrayNode named = json.putArray("partitions");
        partitions.forEach(p -> named.addObject().put("topic", p.topic()).put("partition", p.partition()));
        return json.toString();
    }

    /** {@code /log_dir_event_notification/log_dir_event_N}; event 1 is a failed log directory. */
    static String logDirEvent(int broker) {
        return MAPPER.createObjectNode()
                .put("version", 1)
                .put("broker", broker)
                .put("event", 1)
                .toString();
    }

    private static void addAll(ArrayNode array, List<Integer> ids) {
        ids.forEach(array::add);
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("'" + text + "' is no JSON", e);
        }
    }
}
