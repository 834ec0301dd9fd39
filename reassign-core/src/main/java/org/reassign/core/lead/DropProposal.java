package org.reassign.core.lead;

import java.util.Collection;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.core.decide.DropQuestion;
import org.reassign.core.decide.Guard;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.plugin.NamedPlugin;

/** Step D1: the replicas that may be dropped early. The drop policy proposes, the guard removes unsafe ones. */
final class DropProposal {
    private final CurrentImage image;
    private final TopicConfigs configs;
    private final ControllerListener listener;
    private final String policyName;
    private final DeadlinedPolicy<DropContext, Replicas> policy;
    private boolean cutNamed;

    DropProposal(TermContext context, CurrentImage image, TopicConfigs configs) {
        this.image = image;
        this.configs = configs;
        this.listener = context.listener();
        NamedPlugin<DropPolicy> named = context.plugins().dropPolicy();
        this.policyName = "drop policy '" + named.name() + "'";
        this.policy = new DeadlinedPolicy<>(
                policyName, named.plugin()::droppable, Replicas.NONE, "nothing is dropped early from now on", listener);
    }

    /** Reads min.insync.replicas of these partitions' topics for the guard, all reads in flight at once. */
    void prepare(Collection<TopicPartition> partitions) {
        configs.readMinInSync(partitions.stream().map(TopicPartition::topic).toList());
    }

    /** For a partition in flight that was prepared and whose {@code state} has just been read. */
    Replicas permitted(PartitionState p, AdmittedEntry entry) {
        Replicas target = entry.target();
        Replicas known = p.assigned()
                .append(target)
                .append(p.state().isr())
                .append(p.record().orElseThrow().original());
        Replicas named = entry.later().stream().reduce(known, Replicas::append);
        Replicas live = image.get().live(p.partition(), named);
        return DropQuestion.question(
                        p,
                        target,
                        entry.later(),
                        live,
                        image.get().racks(live),
                        configs.minInSync(p.partition().topic()))
                .map(this::ask)
                .orElse(Replicas.NONE);
    }

    private Replicas ask(DropContext context) {
        Replicas proposal = policy.ask(context).intersect(context.outside());
        Replicas permitted = Guard.dispose(proposal, context);
        warnOnce(context.partition(), proposal.minus(permitted));
        return permitted;
    }

    /** The guard kept some of the proposed replicas: warns once a term, with the policy's name. */
    private void warnOnce(TopicPartition partition, Replicas givenBack) {
        if (!givenBack.isEmpty() && !cutNamed) {
            cutNamed = true;
            listener.warning(policyName + " wants to drop " + givenBack + " of " + partition
                    + ", which would leave too few in sync; they stay until the target is in sync, as will others that it"
                    + " proposes later");
        }
    }
}
