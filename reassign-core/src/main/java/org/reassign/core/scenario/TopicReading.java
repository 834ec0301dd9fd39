package org.reassign.core.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;

/** Kafka's JSON of {@code /brokers/topics/T} and of {@code state}, read for observers. */
final class TopicReading {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KAFKAS_LISTS = Set.of("adding_replicas", "removing_replicas");

    private TopicReading() {}

    static String path(String topic) {
        return "/brokers/topics/" + topic;
    }

    static TopicSnapshot read(String topic, ZkNode node, ZkSnapshot records) {
        JsonNode json = json(path(topic), node);
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        json.path("partitions")
                .properties()
                .forEach(
                        partition -> assigned.put(Integer.valueOf(partition.getKey()), replicas(partition.getValue())));
        Map<String, String> fields = new HashMap<>();
        json.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        fields.remove("partitions");
        return new TopicSnapshot(topic, assigned, fields, node.stat().version(), new TreeMap<>(), records);
    }

    /** Whether Kafka's own lists of a running reassignment have something in them. */
    static boolean hasReassignmentFields(TopicSnapshot topic) {
        return topic.fields().entrySet().stream()
                .anyMatch(field -> KAFKAS_LISTS.contains(field.getKey())
                        && !field.getValue().equals("{}"));
    }

    static LeaderAndIsr state(TopicPartition partition, ZkNode node) {
        JsonNode json = json("the state of " + partition, node);
        return new LeaderAndIsr(
                json.path("leader").asInt(LeaderAndIsr.NO_LEADER),
                json.path("leader_epoch").asInt(),
                json.path("controller_epoch").asInt(),
                replicas(json.path("isr")),
                Map.of());
    }

    private static Replicas replicas(JsonNode list) {
        List<Integer> ids = new ArrayList<>();
        list.forEach(id -> ids.add(id.asInt()));
        return Replicas.copyOf(ids);
    }

    private static JsonNode json(String what, ZkNode node) {
        try {
            return JSON.readTree(node.data());
        } catch (IOException e) {
            throw new UncheckedIOException(what + " holds no JSON; Kafka writes it, so mend it with Kafka's tools", e);
        }
    }
}
