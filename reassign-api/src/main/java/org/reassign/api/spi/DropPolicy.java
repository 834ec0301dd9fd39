package org.reassign.api.spi;

import org.pf4j.ExtensionPoint;
import org.reassign.api.model.Replicas;

/**
 * Which replicas a partition lets go of at a retarget, before the new target is in sync: point 11 of the thread. Pure:
 * equal contexts give equal answers, nothing is read or written.
 *
 * <p>A policy proposes and the guard of the core disposes: what is in the target is never dropped, and at least
 * min.insync.replicas stay in sync. A policy that throws, or does not answer within its deadline (one second), proposes
 * nothing, is named once, and is not asked again before a restart. It is called on a thread of its own, one call at a
 * time.
 */
public interface DropPolicy extends ExtensionPoint {
    /** The replicas to let go of; those outside {@link DropContext#outside()} are ignored. Never null. */
    Replicas droppable(DropContext context);
}
