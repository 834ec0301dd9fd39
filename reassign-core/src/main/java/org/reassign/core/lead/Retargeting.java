package org.reassign.core.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.decide.DropQuestion;
import org.reassign.core.decide.Guard;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.store.Await;

/** Step D1: min.insync.replicas is read, the drop policy asked, and the guard cuts what it proposes. */
final class Retargeting {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZkPort zk;
    private final CurrentImage image;
    private final ControllerListener listener;
    private final String policyName;
    private final DeadlinedPolicy<DropContext, Replicas> policy;
    private final Map<String, Integer> minInSync = new HashMap<>();
    private boolean cutNamed;

    Retargeting(TermContext mandate, CurrentImage image) {
        this.zk = mandate.zk();
        this.image = image;
        this.listener = mandate.listener();
        NamedPlugin<DropPolicy> named = mandate.plugins().dropPolicy();
        this.policyName = "drop policy '" + named.name() + "'";
        this.policy = new DeadlinedPolicy<>(
                policyName, named.plugin()::droppable, Replicas.NONE, "nothing is dropped early from now on", listener);
    }

    /** What the record may permit to drop. */
    Replicas permitted(PartitionState p, AdmittedEntry accepted) {
        Replicas target = accepted.target();
        Replicas known = p.assigned()
                .append(target)
                .append(p.state().isr())
                .append(p.record().orElseThrow().original());
        Replicas named = accepted.later().stream().reduce(known, Replicas::append);
        Replicas live = image.get().live(named);
        return DropQuestion.question(
                        p,
                        target,
                        accepted.later(),
                        live,
                        image.get().racks(live),
                        minInSync(p.partition().topic()))
                .map(this::ask)
                .orElse(Replicas.NONE);
    }

    private Replicas ask(DropContext context) {
        Replicas proposal = policy.ask(context).intersect(context.outside());
        Replicas permitted = Guard.dispose(proposal, context);
        warnOnce(context.partition(), proposal.minus(permitted));
        return permitted;
    }

    /** The guard gave back some of what was proposed: said once a term, with the policy's name. */
    private void warnOnce(TopicPartition partition, Replicas givenBack) {
        if (!givenBack.isEmpty() && !cutNamed) {
            cutNamed = true;
            listener.warning(policyName + " wants to drop " + givenBack + " of " + partition
                    + ", which would leave too few in sync; they stay until the target is in sync, and so do others that"
                    + " it proposes in the same way from now on");
        }
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
