package org.reassign.core.decide;

import org.reassign.api.model.Replicas;

/**
 * What a controller remembers of one partition beyond what is stored; a successor begins with {@link #recovered}.
 *
 * @param due what must be done before anything else
 * @param dropped let go of: out of the ISR and never told to follow again, to be stopped; still in AR (D5 waits)
 * @param shrinking S1 is written and S4 is not
 * @param delivery which brokers know {@code state} at the current epoch
 * @param stops what came of StopReplica
 * @param overwritten brokers that AR held before another client wrote record or AR; both are written again. Empty where
 *     nothing of ours was overwritten
 */
public record Progress(
        Due due, Replicas dropped, boolean shrinking, Delivery delivery, Stops stops, Replicas overwritten) {
    /** Nothing under way. */
    public static final Progress IDLE =
            new Progress(new Due(false, false), Replicas.NONE, false, Delivery.NONE, Stops.NONE, Replicas.NONE);

    /**
     * What is due.
     *
     * @param raise the leader epoch must be raised before brokers obey: G2, recovery, or a broker that knew better
     * @param drop the record permits drops that the guard has not decided yet (D3)
     */
    public record Due(boolean raise, boolean drop) {}

    /**
     * LeaderAndIsr at the current epoch.
     *
     * @param pending brokers to be sent it
     * @param unanswered brokers that were or will be sent it and have not answered
     * @param added brokers that hold no replica until they have answered: just added, or stopped before
     */
    public record Delivery(Replicas pending, Replicas unanswered, Replicas added) {
        static final Delivery NONE = new Delivery(Replicas.NONE, Replicas.NONE, Replicas.NONE);

        /** The same for these brokers alone. */
        Delivery within(Replicas brokers) {
            return new Delivery(pending.intersect(brokers), unanswered.intersect(brokers), added.intersect(brokers));
        }

        /** The same when these are added. */
        Delivery adding(Replicas brokers) {
            return new Delivery(pending, unanswered, added.append(brokers));
        }
    }

    /**
     * What came of StopReplica.
     *
     * @param done brokers that have answered
     * @param unreachable live brokers that did not answer in time: treated as dead for that duty
     */
    public record Stops(Replicas done, Replicas unreachable) {
        static final Stops NONE = new Stops(Replicas.NONE, Replicas.NONE);
    }

    /** What a starting controller knows of a record: the epoch must be raised once, permitted drops decided again. */
    public static Progress recovered(Replicas dropping) {
        return updated(true, !dropping.isEmpty(), Replicas.NONE, Delivery.NONE);
    }

    /** After G1 or D2. */
    static Progress updated(boolean raise, boolean drop, Replicas dropped, Delivery delivery) {
        return new Progress(new Due(raise, drop), dropped, false, delivery, Stops.NONE, Replicas.NONE);
    }

    /** After a write of {@code state} that raised the epoch: the whole audience must get LeaderAndIsr. */
    Progress raised(Replicas nowDropped, boolean nowShrinking, boolean dropStillDue, Replicas audience) {
        return new Progress(
                new Due(false, dropStillDue),
                nowDropped,
                nowShrinking,
                new Delivery(audience, audience, delivery.added().intersect(audience)),
                stops,
                overwritten);
    }

    /** The brokers that get LeaderAndIsr: AR without the dropped; from S1 on the target. */
    public Replicas audience(Replicas assigned, Replicas target) {
        return shrinking ? target : assigned.minus(dropped);
    }

    /**
     * A broker registered: its missing answers no longer count; if it is in the audience, it gets LeaderAndIsr again.
     */
    public Progress registered(int broker, Replicas audience) {
        Replicas one = Replicas.of(broker);
        Progress now = withStops(stops.done(), stops.unreachable().minus(one));
        return audience.contains(broker) ? now.withPending(delivery.pending().append(one)) : now;
    }

    /** These must get LeaderAndIsr at the current epoch. */
    public Progress withPending(Replicas brokers) {
        return with(new Delivery(brokers, delivery.unanswered().append(brokers), delivery.added()));
    }

    Progress withAnswered(Replicas brokers) {
        return with(new Delivery(
                delivery.pending(),
                delivery.unanswered().minus(brokers),
                delivery.added().minus(brokers)));
    }

    private Progress with(Delivery now) {
        return new Progress(due, dropped, shrinking, now, stops, overwritten);
    }

    Progress withDue(boolean raise, boolean drop) {
        return new Progress(new Due(raise, drop), dropped, shrinking, delivery, stops, overwritten);
    }

    Progress withStops(Replicas done, Replicas unreachable) {
        return new Progress(due, dropped, shrinking, delivery, new Stops(done, unreachable), overwritten);
    }

    /** Another client has overwritten an AR that held these brokers. */
    public Progress withOverwritten(Replicas brokers) {
        return new Progress(due, dropped, shrinking, delivery, stops, brokers);
    }
}
