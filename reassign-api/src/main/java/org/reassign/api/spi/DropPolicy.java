package org.reassign.api.spi;

import org.pf4j.ExtensionPoint;
import org.reassign.api.Stable;
import org.reassign.api.model.Replicas;

/**
 * Which replicas a partition lets go of at a retarget, before the new target is in sync: point 11 of the thread. Pure:
 * equal contexts give equal answers, nothing is read or written.
 *
 * <p>A policy proposes and the guard of the core disposes: what is in the target is never dropped, and at least
 * min.insync.replicas stay in sync. It is called on a thread of its own, one call at a time. A policy that throws,
 * answers null, or does not answer within its deadline (one second) proposes nothing; it is named in one warning and is
 * not asked again before the controller is restarted or loses leadership.
 *
 * <p>A policy that keeps one replica in each rack until the target is in sync:
 *
 * <pre>{@code
 * public final class OnePerRack implements DropPolicy {
 *     public Replicas droppable(DropContext context) {
 *         Set<String> racks = new HashSet<>();
 *         context.inSync().ids().forEach(id -> racks.add(context.racks().getOrDefault(id, "")));
 *         Replicas kept = context.inSync().filter(id -> racks.remove(context.racks().getOrDefault(id, "")));
 *         return context.outside().minus(kept); // the first in-sync replica of each rack stays
 *     }
 * }
 * }</pre>
 */
@Stable(since = "1.0")
public interface DropPolicy extends ExtensionPoint {
    /** The replicas to drop; those outside {@link DropContext#outside()} are ignored. Never null. */
    Replicas droppable(DropContext context);
}
