package org.reassign.core.decide;

import java.util.Optional;
import org.reassign.api.model.Replicas;

/**
 * Step S4: every live broker of the target knows its leader, and every leaving replica is stopped or owed, so AR may
 * become the target and the record can be deleted.
 *
 * @param owed brokers whose deletes are owed from now on, because they have not confirmed StopReplica
 */
public record Completion(Replicas owed) {
    /** Whether the partition may be completed now. */
    public static Optional<Completion> of(PartitionState p, Replicas live) {
        Progress progress = p.progress();
        boolean done = progress.shrinking() || p.onlyGrows() && p.inSync(live);
        if (!done || progress.due().raise() || !p.allKnow(live)) {
            return Optional.empty();
        }
        Replicas untold = p.leaving().minus(progress.stops().done());
        Replicas waitedFor = untold.intersect(live).minus(progress.stops().unreachable());
        return waitedFor.isEmpty() ? Optional.of(new Completion(untold)) : Optional.empty();
    }
}
