package org.reassign.core.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Content of {@code /brokers/topics/T/partitions/P/state}; the format is in {@link LeaderAndIsr}. */
public final class StateJson {
    private static final Set<String> KNOWN = Set.of("version", "leader", "leader_epoch", "controller_epoch", "isr");

    private StateJson() {}

    /** Where the state of a partition lies. */
    public static String path(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    /** Reads a state; empty where the text holds none. */
    public static Optional<LeaderAndIsr> decode(String text) {
        Optional<JsonText.Fields> fields = JsonText.parse(text, KNOWN);
        Optional<Replicas> isr = fields.flatMap(found -> JsonText.replicas(found.get("isr")));
        if (isr.isEmpty()) {
            return Optional.empty();
        }
        JsonNode leader = fields.get().get("leader");
        JsonNode leaderEpoch = fields.get().get("leader_epoch");
        JsonNode controllerEpoch = fields.get().get("controller_epoch");
        if (!isAtLeast(LeaderAndIsr.NO_LEADER, leader)
                || !isAtLeast(0, leaderEpoch)
                || !isAtLeast(0, controllerEpoch)) {
            return Optional.empty();
        }
        return Optional.of(new LeaderAndIsr(
                leader.intValue(),
                leaderEpoch.intValue(),
                controllerEpoch.intValue(),
                isr.get(),
                fields.get().others()));
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
