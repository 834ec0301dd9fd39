package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.decide.DropQuestion;
import org.reassign.core.decide.Guard;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.store.Await;

/** Step D1: min.insync.replicas is read, the drop policy asked, and the guard cuts what it proposes. */
final class Retargeting {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZkPort zk;
    private final ClusterState cluster;
    private final DeadlinedDropPolicy policy;
    private final Map<String, Integer> minInSync = new HashMap<>();

    Retargeting(ZkPort zk, ClusterState cluster, DeadlinedDropPolicy policy) {
        this.zk = zk;
        this.cluster = cluster;
        this.policy = policy;
    }

    /** What the record may permit to drop. */
    Replicas permitted(PartitionState p, AdmittedEntry accepted) {
        Replicas target = accepted.target();
        Replicas live =
                cluster.live(p.assigned().append(target).append(p.state().isr()));
        return DropQuestion.question(
                        p,
                        target,
                        accepted.later(),
                        live,
                        minInSync(p.partition().topic()))
                .map(this::ask)
                .orElse(Replicas.NONE);
    }

    private Replicas ask(DropContext context) {
        Replicas proposal = policy.propose(context).intersect(context.outside());
        Replicas permitted = Guard.dispose(proposal, context);
        policy.cut(context.partition(), proposal.minus(permitted));
        return permitted;
    }

    /** The topic's min.insync.replicas, read once a turn; 1 where it is not set. */
    int minInSync(String topic) {
        return minInSync.computeIfAbsent(
                topic,
                t -> Await.done(zk.getData("/config/topics/" + t))
                        .flatMap(Retargeting::parse)
                        .orElse(1));
    }

    /** What was read is forgotten: it may change between turns. */
    void forget() {
        minInSync.clear();
    }

    private static Optional<Integer> parse(ZkNode node) {
        try {
            JsonNode value = MAPPER.readTree(node.text()).path("config").path("min.insync.replicas");
            String text = value.asText();
            return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
