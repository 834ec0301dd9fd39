package org.reassign.core.decide;

import org.reassign.api.model.Replicas;

/**
 * What a controller remembers of one partition beyond what is stored; a successor begins with {@link #recovered}.
 *
 * @param raiseDue the leader epoch must be raised before brokers heed us: G2, recovery, or a broker that knew better
 * @param dropDue the record permits drops that have not been decided by the guard yet (D3)
 * @param dropped let go of: out of the ISR and never told to follow again, to be stopped; still in AR (D5 waits)
 * @param shrinking S1 is written and S4 is not
 * @param toTell brokers to be sent LeaderAndIsr at the current epoch
 * @param leaderAnswered the leader has answered LeaderAndIsr at the current epoch
 * @param stopped brokers that have answered StopReplica
 * @param unreachable live brokers that did not answer StopReplica in time: dead for that duty
 */
public record Progress(
        boolean raiseDue,
        boolean dropDue,
        Replicas dropped,
        boolean shrinking,
        Replicas toTell,
        boolean leaderAnswered,
        Replicas stopped,
        Replicas unreachable) {
    /** Nothing under way. */
    public static final Progress IDLE =
            new Progress(false, false, Replicas.NONE, false, Replicas.NONE, false, Replicas.NONE, Replicas.NONE);

    /** What a starting controller knows of a record: the epoch must be raised once, permitted drops decided again. */
    public static Progress recovered(Replicas dropping) {
        return accepted(true, !dropping.isEmpty(), Replicas.NONE);
    }

    /** After G1 or D2. */
    static Progress accepted(boolean raiseDue, boolean dropDue, Replicas dropped) {
        return new Progress(raiseDue, dropDue, dropped, false, Replicas.NONE, false, Replicas.NONE, Replicas.NONE);
    }

    /** After a write of {@code state} that raised the epoch: everybody in the audience must hear of it. */
    Progress raised(Replicas nowDropped, boolean nowShrinking, boolean dropStillDue, Replicas audience) {
        return new Progress(false, dropStillDue, nowDropped, nowShrinking, audience, false, stopped, unreachable);
    }

    Progress withToTell(Replicas brokers) {
        return new Progress(raiseDue, dropDue, dropped, shrinking, brokers, leaderAnswered, stopped, unreachable);
    }

    Progress withLeaderAnswered() {
        return new Progress(raiseDue, dropDue, dropped, shrinking, toTell, true, stopped, unreachable);
    }

    Progress withRaiseDue() {
        return new Progress(true, dropDue, dropped, shrinking, toTell, leaderAnswered, stopped, unreachable);
    }

    Progress withDropDecided() {
        return new Progress(raiseDue, false, dropped, shrinking, toTell, leaderAnswered, stopped, unreachable);
    }

    Progress withStopped(Replicas nowStopped, Replicas nowUnreachable) {
        return new Progress(raiseDue, dropDue, dropped, shrinking, toTell, leaderAnswered, nowStopped, nowUnreachable);
    }
}
