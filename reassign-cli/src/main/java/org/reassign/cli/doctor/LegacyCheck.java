package org.reassign.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.TopicRead;

/**
 * Entries of {@code /admin/reassign_partitions} that nothing will come of: their partition does not exist, or has these replicas
 * already and is not in flight. Kafka's tool refuses every reassignment while they stand there (before Kafka 2.4).
 */
final class LegacyCheck {
    static final String PATH = "/admin/reassign_partitions";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LegacyCheck() {}

    static List<Finding> findings(Examination cluster) {
        Optional<ZkNode> node = cluster.node(PATH);
        if (node.isEmpty()) {
            return List.of();
        }
        Optional<ObjectNode> json = parsed(node.get());
        if (json.isEmpty()) {
            return List.of(finding(
                    node.get(),
                    node.get().text(),
                    "it does not hold a reassignment, and Kafka's tool refuses others while it is there",
                    "deletes it",
                    ZkWrite.delete(PATH, node.get().stat().version())));
        }
        ArrayNode left = MAPPER.createArrayNode();
        List<String> zombies = new ArrayList<>();
        json.get().path("partitions").forEach(entry -> {
            if (isZombie(cluster, entry)) {
                zombies.add(entry.toString());
            } else {
                left.add(entry);
            }
        });
        if (zombies.isEmpty() && !left.isEmpty()) {
            return List.of();
        }
        json.get().set("partitions", left);
        int version = node.get().stat().version();
        return List.of(finding(
                node.get(),
                String.join(", ", zombies),
                "entries whose partitions do not exist, or have these replicas already and are not in flight",
                left.isEmpty() ? "deletes the znode" : "removes these entries and leaves the others",
                left.isEmpty()
                        ? ZkWrite.delete(PATH, version)
                        : ZkWrite.setData(PATH, json.get().toString(), version)));
    }

    private static Finding finding(ZkNode node, String value, String sentence, String consequence, ZkWrite write) {
        return new Finding(
                Kind.ZOMBIE_LEGACY_ENTRY,
                PATH,
                value,
                node.stat().mtimeMillis(),
                sentence,
                consequence,
                new Finding.Repair.Write(List.of(write)));
    }

    private static boolean isZombie(Examination cluster, JsonNode entry) {
        Optional<TopicPartition> partition = TopicPartition.parse(
                entry.path("topic").asText() + "-" + entry.path("partition").asText());
        if (partition.isEmpty()) {
            return true;
        }
        Optional<TopicRead> topic = cluster.topic(partition.get().topic());
        if (topic.isEmpty() || topic.get().isUnreadable()) {
            return topic.isEmpty();
        }
        Replicas assigned = topic.flatMap(TopicRead::snapshot)
                .map(TopicSnapshot::assigned)
                .map(all -> all.get(partition.get().partition()))
                .orElse(Replicas.NONE);
        return assigned.isEmpty()
                || !cluster.listing().inFlight().containsKey(partition.get())
                        && assigned.ids().equals(ids(entry.path("replicas")));
    }

    private static List<Integer> ids(JsonNode replicas) {
        List<Integer> ids = new ArrayList<>();
        replicas.forEach(id -> ids.add(id.asInt(-1)));
        return ids;
    }

    private static Optional<ObjectNode> parsed(ZkNode node) {
        try {
            return MAPPER.readTree(node.text()) instanceof ObjectNode json
                            && json.path("partitions").isArray()
                    ? Optional.of(json)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
