package org.reassign.core.decide;

import org.reassign.api.model.Replicas;

/**
 * The commands that are due.
 *
 * @param tell live brokers to send LeaderAndIsr at the current epoch (G3, S2, D4); those not in the ISR start as new
 * @param stop live brokers to send StopReplica with deletion, after the leader's answer (S3, D4)
 */
public record DueCommands(Replicas tell, Replicas stop) {
    /** Of one partition, as stored and remembered. */
    public static DueCommands of(PartitionState p, Replicas live) {
        Progress progress = p.progress();
        Replicas stop = p.leaderKnows(live)
                ? p.leaving()
                        .minus(progress.stops().done())
                        .minus(progress.stops().unreachable())
                        .intersect(live)
                : Replicas.NONE;
        return new DueCommands(progress.delivery().pending().intersect(live), stop);
    }
}
