package org.reassign.api.model;

import java.util.Map;
import org.reassign.api.Stable;

/**
 * The content of {@code /brokers/topics/T/partitions/P/state}: {@code
 * {"version":1,"leader":0,"leader_epoch":1,"controller_epoch":2,"isr":[0,1]}}. Written by the controller and by the
 * partition's leader, both conditional on the znode's version.
 *
 * @param leader the leading broker, {@link #NO_LEADER} for none
 * @param leaderEpoch raised by one at each change that the controller makes; a broker ignores what it is told at an
 *     epoch that it knows
 * @param controllerEpoch epoch of the controller that wrote last
 * @param isr the replicas in sync
 * @param unknown further fields such as {@code leader_recovery_state}, name to JSON text; kept when rewritten
 */
@Stable(since = "1.0")
public record LeaderAndIsr(
        int leader, int leaderEpoch, int controllerEpoch, Replicas isr, Map<String, String> unknown) {
    /** The leader's id if there is no leader. */
    public static final int NO_LEADER = -1;
    /** In UpdateMetadata: the partition is deleted, and brokers are to forget it. Never in {@code state}. */
    public static final int LEADER_DURING_DELETE = -2;

    /** Copies the map. */
    public LeaderAndIsr {
        unknown = Map.copyOf(unknown);
    }

    /** The next epoch's content: this leader and ISR, written by a controller of that epoch. */
    public LeaderAndIsr next(int newLeader, Replicas newIsr, int byControllerEpoch) {
        return new LeaderAndIsr(newLeader, leaderEpoch + 1, byControllerEpoch, newIsr, unknown);
    }

    /** The same with a leader epoch that is at least this: brokers may know one that was overwritten. */
    public LeaderAndIsr withEpochFrom(int least) {
        return least <= leaderEpoch ? this : new LeaderAndIsr(leader, least, controllerEpoch, isr, unknown);
    }

    /** Whether a broker leads the partition. */
    public boolean hasLeader() {
        return leader != NO_LEADER;
    }
}
