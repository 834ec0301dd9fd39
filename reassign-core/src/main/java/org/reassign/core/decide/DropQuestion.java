package org.reassign.core.decide;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
     * @param racks their racks, by broker
     */
    public static Optional<DropContext> question(
            PartitionState p,
            Replicas target,
            List<Replicas> waiting,
            Replicas live,
            SortedMap<Integer, String> racks,
            int minInSyncReplicas) {
        ReassignmentRecord record = p.record().orElseThrow();
        Replicas before = p.assigned().minus(RecordUpdate.absent(p));
        boolean inSync = p.state().isr().containsAll(target) && live.containsAll(target);
        if (inSync || before.minus(target).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(DropContext.of(p.partition(), record.original(), before, target)
                .withWaiting(waiting)
                .withState(p.state().leader(), p.inSyncReplicas())
                .withLive(live)
                .withMinInSyncReplicas(minInSyncReplicas)
                .withRacks(racks));
    }
}
