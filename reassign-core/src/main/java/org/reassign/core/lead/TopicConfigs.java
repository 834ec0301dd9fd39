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
 * The configuration of topics that decisions depend on, from {@code /config/topics/T}: {@code
 * {"version":1,"config":{"min.insync.replicas":"2"}}}; what is not set there, from the cluster's default in {@code
 * /config/brokers/<default>}; else Kafka's own. Read at most once in a turn, and only for topics with something to
 * decide by it. What brokers have in their properties files is not known here.
 */
final class TopicConfigs {
    private static final String CLUSTER = "/config/brokers/<default>";
    private static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final String UNCLEAN = "unclean.leader.election.enable";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZkPort zk;
    private final Map<String, Map<String, String>> known = new HashMap<>();

    TopicConfigs(ZkPort zk) {
        this.zk = zk;
    }

    /** Discards the values: they may change between turns. */
    void forget() {
        known.clear();
    }

    /** Reads min.insync.replicas of these topics where it is unknown, all reads in flight at once. */
    void readMinInSync(Collection<String> topics) {
        read(topics, MIN_IN_SYNC);
    }

    /** The same for unclean.leader.election.enable. */
    void readUnclean(Collection<String> topics) {
        read(topics, UNCLEAN);
    }

    private void read(Collection<String> topics, String key) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        for (String topic : topics) {
            if (!known.containsKey(topic)) {
                reads.computeIfAbsent(topic, t -> zk.getData("/config/topics/" + t));
            }
        }
        reads.forEach((topic, answer) -> known.put(topic, parse(Await.done(answer))));
        boolean defaults = topics.stream().anyMatch(topic -> !known.get(topic).containsKey(key));
        if (defaults && !known.containsKey(CLUSTER)) {
            known.put(CLUSTER, parse(Await.done(zk.getData(CLUSTER))));
        }
    }

    /** min.insync.replicas of a topic for which it was read. */
    int minInSync(String topic) {
        return value(topic, MIN_IN_SYNC)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(1);
    }

    /** Whether a replica out of sync may lead a topic for which unclean.leader.election.enable was read. */
    boolean unclean(String topic) {
        return value(topic, UNCLEAN).filter("true"::equals).isPresent();
    }

    private Optional<String> value(String topic, String key) {
        return Optional.ofNullable(known.get(topic).get(key))
                .or(() -> Optional.ofNullable(
                        known.getOrDefault(CLUSTER, Map.of()).get(key)));
    }

    private static Map<String, String> parse(Optional<ZkNode> node) {
        Map<String, String> values = new HashMap<>();
        try {
            MAPPER.readTree(node.map(ZkNode::text).orElse("{}"))
                    .path("config")
                    .properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException e) {
            return Map.of(); // what is not JSON sets nothing
        }
        return values;
    }
}
