package org.reassign.plugin.kafkabrokers.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;

/** Paths and texts of the znodes of topics, partitions and brokers, as far as a lab needs them. */
final class PartitionZnodes {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PartitionZnodes() {}

    static String topic(String topic) {
        return "/brokers/topics/" + topic;
    }

    static String state(TopicPartition partition) {
        return topic(partition.topic()) + "/partitions/" + partition.partition() + "/state";
    }

    static String broker(int broker) {
        return "/brokers/ids/" + broker;
    }

    /** A topic of version 1, which controllers of all versions read. */
    static String text(SortedMap<Integer, Replicas> assigned) {
        ObjectNode text = MAPPER.createObjectNode().put("version", 1);
        ObjectNode partitions = text.putObject("partitions");
        assigned.forEach(
                (partition, replicas) -> replicas.ids().forEach(partitions.putArray(Integer.toString(partition))::add));
        return text.toString();
    }

    /** A request as {@code kafka-reassign-partitions.sh --zookeeper} writes it. */
    static String request(SortedMap<TopicPartition, Replicas> targets) {
        ObjectNode text = MAPPER.createObjectNode().put("version", 1);
        ArrayNode partitions = text.putArray("partitions");
        targets.forEach((partition, replicas) -> {
            ObjectNode entry =
                    partitions.addObject().put("topic", partition.topic()).put("partition", partition.partition());
            replicas.ids().forEach(entry.putArray("replicas")::add);
        });
        return text.toString();
    }

    /**
     * Leader and ISR.
     *
     * @param leader -1 for none
     */
    record Led(int leader, List<Integer> isr) {
        /** Reads a {@code state}; without one there is no leader. */
        static Led of(Optional<ZkNode> state) {
            JsonNode read = state.map(PartitionZnodes::json).orElseGet(MAPPER::createObjectNode);
            List<Integer> isr = new ArrayList<>();
            read.path("isr").forEach(id -> isr.add(id.asInt()));
            return new Led(read.path("leader").asInt(-1), isr);
        }
    }

    /** The first PLAINTEXT address of a registration, as {@code HOST:PORT}. */
    static Optional<String> address(ZkNode registration) {
        for (JsonNode endpoint : json(registration).path("endpoints")) {
            String prefix = "PLAINTEXT://";
            if (endpoint.asText().startsWith(prefix)) {
                return Optional.of(endpoint.asText().substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    private static JsonNode json(ZkNode node) {
        try {
            return MAPPER.readTree(node.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a znode is not JSON: " + node.text(), e);
        }
    }
}
