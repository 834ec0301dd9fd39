package org.reassign.core.lead;

import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.DropQuestion;
import org.reassign.core.decide.Guard;
import org.reassign.core.decide.PartitionState;

/** Step D1: what a record may permit to drop. The drop policy proposes, the guard cuts. */
final class DropProposal {
    private final MinInSync minInSync;
    private final ClusterState cluster;
    private final DeadlinedDropPolicy policy;

    DropProposal(MinInSync minInSync, ClusterState cluster, DeadlinedDropPolicy policy) {
        this.minInSync = minInSync;
        this.cluster = cluster;
        this.policy = policy;
    }

    /** For a partition in flight whose topic's min.insync.replicas was read; {@code state} is known afresh. */
    Replicas permitted(PartitionState p, AdmittedEntry accepted) {
        Replicas target = accepted.target();
        Replicas live =
                cluster.live(p.assigned().append(target).append(p.state().isr()));
        int need = minInSync.of(p.partition().topic());
        return DropQuestion.question(p, target, accepted.later(), live, need)
                .map(this::ask)
                .orElse(Replicas.NONE);
    }

    private Replicas ask(DropContext context) {
        Replicas proposal = policy.propose(context).intersect(context.outside());
        Replicas permitted = Guard.dispose(proposal, context);
        policy.cut(context.partition(), proposal.minus(permitted));
        return permitted;
    }
}
