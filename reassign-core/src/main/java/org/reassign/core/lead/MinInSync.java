package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.Await;

/**
 * min.insync.replicas of topics, from {@code /config/topics/T}: {@code
 * {"version":1,"config":{"min.insync.replicas":"2"}}}; 1 if it is not set. Read at most once in a turn, and only for
 * topics with replicas that may be dropped.
 */
final class MinInSync {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZkPort zk;
    private final Map<String, Integer> known = new HashMap<>();

    MinInSync(ZkPort zk) {
        this.zk = zk;
    }

    /** Discards the values: they may change between turns. */
    void forget() {
        known.clear();
    }

    /** Reads the unknown values of these topics, all reads in flight at once. */
    void read(Collection<String> topics) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        for (String topic : topics) {
            if (!known.containsKey(topic)) {
                reads.computeIfAbsent(topic, t -> zk.getData("/config/topics/" + t));
            }
        }
        reads.forEach((topic, answer) ->
                known.put(topic, Await.done(answer).flatMap(MinInSync::parse).orElse(1)));
    }

    /** The value of a topic that was read. */
    int of(String topic) {
        return known.get(topic);
    }

    private static Optional<Integer> parse(ZkNode node) {
        try {
            String text = MAPPER.readTree(node.text())
                    .path("config")
                    .path("min.insync.replicas")
                    .asText();
            return NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
