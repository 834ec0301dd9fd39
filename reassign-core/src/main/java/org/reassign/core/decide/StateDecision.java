package org.reassign.core.decide;

import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;

/**
 * What the {@code state} znode must become: one write that joins broker deaths, the raise of G2 and of recovery, the
 * drop of D3 and the shrink of S1, so that brokers learn of all of it at one epoch.
 *
 * @param label the protocol's label of the step
 * @param content what to write, at the version that was read
 * @param dropped what is let go of by it (D3)
 * @param cut what the policy proposed and the guard gave back
 * @param takesAway whether replicas are let go of from then on (S1, D3), which cannot be taken back
 * @param after the progress once it is written
 */
public record StateDecision(
        String label, LeaderAndIsr content, Replicas dropped, Replicas cut, boolean takesAway, Progress after) {

    /** The write that is due; empty where {@code state} is as it must be. */
    public static Optional<StateDecision> of(PartitionState p, DecisionInput view) {
        boolean shrinks = !p.progress().shrinking() && shrinkDue(p, view);
        if (p.progress().shrinking() || shrinks) {
            return shrink(p, view, shrinks);
        }
        if (p.inSync(view.live()) && p.record().isPresent()) {
            return election(p, view, p.onlyGrows() && p.progress().due().raise());
        }
        return p.progress().due().drop() && view.topicReadable()
                ? drop(p, view)
                : election(p, view, p.progress().due().raise());
    }

    /** S1 is due: in sync, and something to let go of. What only grows completes without it. */
    private static boolean shrinkDue(PartitionState p, DecisionInput view) {
        return p.inSync(view.live())
                && view.lingerOver()
                && view.topicReadable()
                && !p.target().containsAll(p.assigned());
    }

    private static Optional<StateDecision> shrink(PartitionState p, DecisionInput view, boolean first) {
        Replicas mayStay = p.state().isr().intersect(p.target());
        if (mayStay.isEmpty() && !p.state().isr().isEmpty()) {
            return Optional.empty(); // the only data in sync are outside the target: they are not given up
        }
        LeaderAndIsr next = elect(p.state(), mayStay, p.target(), view);
        boolean due = first || p.progress().due().raise() || differs(p.state(), next);
        Progress after = p.progress().raised(p.progress().dropped(), true, false, p.target());
        return due
                ? Optional.of(new StateDecision("S1", next, Replicas.NONE, Replicas.NONE, first, after))
                : Optional.empty();
    }

    /** D3: the guard again, on the ISR that is being overwritten. */
    private static Optional<StateDecision> drop(PartitionState p, DecisionInput view) {
        ReassignmentRecord record = p.record().orElseThrow();
        Replicas permitted =
                record.dropping().intersect(p.assigned()).minus(p.progress().dropped());
        Replicas drop = Guard.dispose(permitted, context(p, record, view));
        Replicas dropped = p.progress().dropped().append(drop);
        Replicas staying = p.assigned().minus(dropped);
        Replicas mayStay = p.inSyncReplicas().intersect(staying);
        if (mayStay.isEmpty() && !p.state().isr().isEmpty()) {
            return Optional.empty();
        }
        LeaderAndIsr next = elect(p.state(), mayStay, staying, view);
        if (drop.isEmpty() && !p.progress().due().raise() && !differs(p.state(), next)) {
            return Optional.empty();
        }
        Progress after = p.progress().raised(dropped, false, false, staying);
        return Optional.of(new StateDecision("D3", next, drop, permitted.minus(drop), true, after));
    }

    private static Optional<StateDecision> election(PartitionState p, DecisionInput view, boolean raise) {
        Replicas staying = p.assigned().minus(p.progress().dropped());
        Replicas mayStay = p.inSyncReplicas().intersect(staying);
        if (mayStay.isEmpty() && !p.state().isr().isEmpty()) {
            return Optional.empty(); // the only data in sync are outside AR: they are not given up
        }
        LeaderAndIsr next = elect(p.state(), mayStay, staying, view);
        if (!raise && !differs(p.state(), next)) {
            return Optional.empty();
        }
        Progress after = p.progress()
                .raised(p.progress().dropped(), false, p.progress().due().drop(), staying);
        return Optional.of(new StateDecision(raise ? "G2" : "B1", next, Replicas.NONE, Replicas.NONE, false, after));
    }

    /** For the guard, which does not look at racks. */
    private static DropContext context(PartitionState p, ReassignmentRecord record, DecisionInput view) {
        Replicas staying = p.assigned().minus(p.progress().dropped());
        return DropContext.of(p.partition(), record.original(), staying, record.target())
                .withState(p.state().leader(), p.inSyncReplicas())
                .withLive(view.live())
                .withMinInSyncReplicas(view.minInSyncReplicas());
    }

    /**
     * Leader and ISR from what may stay in sync: dead brokers leave the ISR unless it would become empty; the leader is
     * kept where it is live and in sync, else the first candidate that is both, else none. Where the topic's
     * configuration allows an unclean election, the first live candidate leads rather than none, and is alone in sync.
     */
    private static LeaderAndIsr elect(LeaderAndIsr now, Replicas mayStay, Replicas candidates, DecisionInput view) {
        Replicas alive = mayStay.intersect(view.live());
        if (alive.isEmpty()
                && view.unclean()
                && !candidates.intersect(view.live()).isEmpty()) {
            Replicas first = candidates.intersect(view.live()).limit(1);
            return now.next(first.ids().get(0), first, view.controllerEpoch());
        }
        if (alive.isEmpty()) {
            return now.next(LeaderAndIsr.NO_LEADER, mayStay.isEmpty() ? now.isr() : mayStay, view.controllerEpoch());
        }
        int leader = alive.contains(now.leader())
                ? now.leader()
                : candidates.intersect(alive).append(alive).ids().get(0);
        return now.next(leader, alive, view.controllerEpoch());
    }

    private static boolean differs(LeaderAndIsr now, LeaderAndIsr next) {
        return now.leader() != next.leader() || !now.isr().sameBrokers(next.isr());
    }
}
