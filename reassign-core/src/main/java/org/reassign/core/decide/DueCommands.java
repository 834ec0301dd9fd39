package org.reassign.core.decide;

import org.reassign.api.model.Replicas;

/**
 * The commands that are due.
 *
 * @param tell live brokers to send LeaderAndIsr at the current epoch (G3, S2, D4)
 * @param fresh those of them that start the replica as new: just added or stopped by us before, and not in the ISR. A
 *     starting controller does not know them, as in Kafka: on a broker with a failed log directory, which alone makes a
 *     difference between the two, new would create a second replica
 * @param stop live brokers to send StopReplica with deletion, after the leader's answer (S3, D4)
 */
public record DueCommands(Replicas tell, Replicas fresh, Replicas stop) {
    /** Of one partition, as stored and remembered. */
    public static DueCommands of(PartitionState p, Replicas live) {
        Progress progress = p.progress();
        Replicas stop = p.leaderKnows(live)
                ? p.leaving()
                        .minus(progress.stops().done())
                        .minus(progress.stops().unreachable())
                        .intersect(live)
                : Replicas.NONE;
        Replicas tell = progress.delivery().pending().intersect(live);
        Replicas fresh =
                tell.intersect(progress.delivery().added()).minus(p.state().isr());
        return new DueCommands(tell, fresh, stop);
    }
}
