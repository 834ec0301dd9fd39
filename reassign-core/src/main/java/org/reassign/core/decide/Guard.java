package org.reassign.core.decide;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;

/**
 * Policies propose, the guard disposes (section 5 of the protocol): whatever is proposed, the target is never dropped
 * and a drop leaves at least {@link #need} replicas in sync.
 */
public final class Guard {
    private Guard() {}

    /** What of a proposal may be dropped, in the order of the candidates. */
    public static Replicas dispose(Replicas proposal, DropContext context) {
        Replicas sync = context.inSync();
        Replicas drop = context.outside().intersect(proposal);
        if (!context.live().contains(context.leader()) || sync.isEmpty()) {
            return drop.minus(context.isr());
        }
        int excess = need(context) - sync.minus(drop).size();
        return excess <= 0
                ? drop
                : drop.minus(givenBackFirst(drop.intersect(sync), context).limit(excess));
    }

    /** How many replicas must stay in sync. */
    public static int need(DropContext context) {
        return Math.min(
                Math.max(1, context.minInSyncReplicas()), context.inSync().size());
    }

    /** Leader first, then originals, then by position. */
    private static Replicas givenBackFirst(Replicas inSyncDrops, DropContext context) {
        List<Integer> order = new ArrayList<>(inSyncDrops
                .filter(id -> id == context.leader())
                .append(inSyncDrops.intersect(context.original()))
                .append(inSyncDrops)
                .ids());
        return new Replicas(order);
    }
}
