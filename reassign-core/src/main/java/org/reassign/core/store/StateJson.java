package org.reassign.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Content of {@code /brokers/topics/T/partitions/P/state}; the format is in {@link LeaderAndIsr}. */
public final class StateJson {
    private static final List<String> KNOWN = List.of("version", "leader", "leader_epoch", "controller_epoch", "isr");

    private StateJson() {}

    /** Where the state of a partition lies. */
    public static String path(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    /** Reads a state; empty where the text holds none. */
    public static Optional<LeaderAndIsr> decode(String text) {
        Optional<JsonNode> root = JsonText.parse(text);
        Optional<Replicas> isr = root.flatMap(node -> JsonText.replicas(node.get("isr")));
        if (isr.isEmpty()) {
            return Optional.empty();
        }
        JsonNode node = root.get();
        if (!isAtLeast(LeaderAndIsr.NO_LEADER, node.path("leader"))
                || !isAtLeast(0, node.path("leader_epoch"))
                || !isAtLeast(0, node.path("controller_epoch"))) {
            return Optional.empty();
        }
        return Optional.of(new LeaderAndIsr(
                node.get("leader").intValue(),
                node.get("leader_epoch").intValue(),
                node.get("controller_epoch").intValue(),
                isr.get(),
                JsonText.others(text, KNOWN)));
    }

    /** Whether it is a number that can still be raised. */
    private static boolean isAtLeast(int least, JsonNode number) {
        return number.isInt() && number.intValue() >= least && number.intValue() < Integer.MAX_VALUE;
    }

    /** Writes a state. */
    public static String encode(LeaderAndIsr state) {
        return JsonText.object(json -> {
            json.writeNumberField("version", 1);
            json.writeNumberField("leader", state.leader());
            json.writeNumberField("leader_epoch", state.leaderEpoch());
            json.writeNumberField("controller_epoch", state.controllerEpoch());
            json.writeFieldName("isr");
            JsonText.write(json, state.isr());
            for (Map.Entry<String, String> field : state.unknown().entrySet()) {
                json.writeFieldName(field.getKey());
                json.writeRawValue(field.getValue());
            }
        });
    }
}
