package org.reassign.plugin.droppolicies;

import java.util.List;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.DropContext;

/** Spells a retarget as the thread does: original, assigned before, newest target; all brokers 0 to 9 are live. */
record Retarget(Replicas original, Replicas before, Replicas target) {
    private static final Replicas ALL = Replicas.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    /** {@code original→first→newest}, the second request meeting the first in flight. */
    static Retarget of(Replicas original, Replicas first, Replicas newest) {
        return new Retarget(original, first.append(original), newest);
    }

    DropContext isr(Integer... inSync) {
        return isr(ALL, List.of(), inSync);
    }

    DropContext isr(Replicas live, List<Replicas> waiting, Integer... inSync) {
        int leader = inSync.length == 0 ? LeaderAndIsr.NO_LEADER : inSync[0];
        return DropContext.of(new TopicPartition("t", 0), original, before, target)
                .withWaiting(waiting)
                .withState(leader, Replicas.of(inSync))
                .withLive(live);
    }

    DropContext waiting(List<Replicas> waiting, Integer... inSync) {
        return isr(ALL, waiting, inSync);
    }
}
