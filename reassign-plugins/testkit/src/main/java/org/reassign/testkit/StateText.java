package org.reassign.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;

/** The JSON of {@code state} and of broker registrations, as far as tests need it. */
final class StateText {
    private StateText() {}

    static String path(TopicPartition partition) {
        return "/brokers/topics/" + partition.topic() + "/partitions/" + partition.partition() + "/state";
    }

    static LeaderAndIsr read(String json) {
        List<Integer> isr = Arrays.stream(field(json, "isr", "\\[([0-9, ]*)\\]").split("[, ]+"))
                .filter(id -> !id.isEmpty())
                .map(Integer::valueOf)
                .toList();
        return new LeaderAndIsr(
                number(json, "leader"),
                number(json, "leader_epoch"),
                number(json, "controller_epoch"),
                new Replicas(isr),
                Map.of());
    }

    static String write(LeaderAndIsr state) {
        return "{\"controller_epoch\":" + state.controllerEpoch() + ",\"leader\":" + state.leader()
                + ",\"version\":1,\"leader_epoch\":" + state.leaderEpoch() + ",\"isr\":" + state.isr() + "}";
    }

    /** A broker by its registration; its epoch is the czxid, 0 where it has none. */
    static Broker broker(int id, Optional<ZkNode> registration) {
        return registration
                .map(node -> new Broker(id, node.stat().czxid(), endpoints(node.text()), Optional.empty()))
                .orElseGet(() -> new Broker(id, 0, List.of(), Optional.empty()));
    }

    private static List<Endpoint> endpoints(String json) {
        String map = field(json, "listener_security_protocol_map", "(\\{[^}]*\\})");
        return Pattern.compile("\"([^\"]*)://([^\"]*):([0-9]+)\"")
                .matcher(field(json, "endpoints", "\\[([^]]*)\\]"))
                .results()
                .map(found -> new Endpoint(
                        found.group(1),
                        field(map, found.group(1), "\"([^\"]*)\""),
                        found.group(2),
                        Integer.parseInt(found.group(3))))
                .toList();
    }

    private static int number(String json, String field) {
        return Integer.parseInt(field(json, field, "(-?[0-9]+)"));
    }

    private static String field(String json, String field, String value) {
        Matcher matcher = Pattern.compile("\"" + field + "\"\\s*:\\s*" + value).matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no field '" + field + "' in " + json);
        }
        return matcher.group(1);
    }
}
