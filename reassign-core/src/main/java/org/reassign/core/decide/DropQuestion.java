package org.reassign.core.decide;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;

/** Step D1: what the drop policy is asked when the target of a partition in flight changes, if it is asked at all. */
public final class DropQuestion {
    private DropQuestion() {}

    /**
     * What the policy is asked. Empty where nothing can be dropped, and where the new target is in sync already, since
     * the shrink follows at once.
     *
     * @param p the partition in flight, {@code state} read afresh
     * @param target what the new request asks for; for a cancel the original
     * @param waiting targets of requests that have arrived behind it
     * @param live the registered brokers among all that matter to it
     */
    public static Optional<DropContext> question(
            PartitionState p, Replicas target, List<Replicas> waiting, Replicas live, int minInSyncReplicas) {
        ReassignmentRecord record = p.record().orElseThrow();
        Replicas before = p.assigned().minus(RecordUpdate.absent(p));
        boolean inSync = p.state().isr().containsAll(target) && live.containsAll(target);
        if (inSync || before.minus(target).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DropContext(
                p.partition(),
                record.original(),
                before,
                target,
                waiting,
                p.state().leader(),
                p.inSyncReplicas(),
                live,
                minInSyncReplicas));
    }
}
