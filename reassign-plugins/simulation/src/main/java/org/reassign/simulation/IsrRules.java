package org.reassign.simulation;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Invariant 3, as far as {@code state} shows it. */
final class IsrRules {
    private final StoredState stored;
    private final Requirement requirement;

    IsrRules(StoredState stored, Requirement requirement) {
        this.stored = stored;
        this.requirement = requirement;
    }

    /**
     * 3: ISR ⊆ AR, leader ∈ AR ∪ {none}, the ISR is never empty. What an outsider writes may break it until a controller
     * writes the same thing: it answers for {@code state} whenever it writes that, and for AR unless {@code state} was
     * overwritten since.
     */
    void within(TopicPartition partition) {
        within(partition, Optional.empty());
    }

    /** The same where an outsider has overwritten these assigned replicas, which are not written again yet. */
    void within(TopicPartition partition, Optional<Replicas> overwritten) {
        Optional<LeaderAndIsr> state = stored.state(partition);
        Optional<Replicas> assigned = state.flatMap(now -> assigned(partition, now, overwritten));
        if (assigned.isEmpty()) {
            return;
        }
        LeaderAndIsr now = state.get();
        Supplier<String> where = () -> partition + " " + now + ", AR " + assigned.get();
        requirement.require(3, assigned.get().containsAll(now.isr()), () -> "ISR outside AR: " + where.get());
        requirement.require(3, !now.isr().isEmpty(), () -> "empty ISR: " + where.get());
        requirement.require(
                3,
                !now.hasLeader() || assigned.get().contains(now.leader()),
                () -> "leader outside AR: " + where.get());
        requirement.require(
                3, !now.hasLeader() || now.isr().contains(now.leader()), () -> "leader outside ISR: " + where.get());
    }

    private Optional<Replicas> assigned(TopicPartition partition, LeaderAndIsr now, Optional<Replicas> overwritten) {
        return overwritten.filter(before -> before.containsAll(now.isr())).or(() -> stored.assigned(partition));
    }

    /**
     * 3: what the controller may do to an ISR, and what it may leave there.
     *
     * @param was what it has written over
     * @param live the brokers that it takes for live
     * @param overwritten the assigned replicas that an outsider has overwritten, perhaps unseen by the controller
     */
    void written(
            TopicPartition partition, Optional<LeaderAndIsr> was, Set<Integer> live, Optional<Replicas> overwritten) {
        within(partition, overwritten);
        was.ifPresent(before -> changed(partition, before, live, overwritten));
    }

    /** The shrink S1 is not a drop: the target is in sync then. */
    private void changed(
            TopicPartition partition, LeaderAndIsr was, Set<Integer> live, Optional<Replicas> overwritten) {
        LeaderAndIsr now = stored.state(partition).orElseThrow();
        Supplier<String> where = () -> partition + " " + was + " became " + now + ", live " + live;
        requirement.require(3, now.leaderEpoch() > was.leaderEpoch(), () -> "leader epoch not raised: " + where.get());
        requirement.require(
                3, was.isr().containsAll(now.isr()), () -> "a controller adds nobody to an ISR: " + where.get());
        // a partition that an outsider has taken out of its topic: only the controller knows what it had assigned
        Replicas assigned = assigned(partition, now, overwritten).orElse(now.isr());
        Replicas sync = was.isr().filter(live::contains).intersect(assigned);
        Replicas left = now.isr().filter(live::contains);
        Optional<ReassignmentRecord> record = stored.record(partition);
        Replicas mustStay = record.map(r -> sync.intersect(r.target())).orElse(sync);
        requirement.require(3, now.isr().containsAll(mustStay), () -> "one of the target was dropped: " + where.get());
        boolean stays = now.isr().equals(was.isr().intersect(assigned));
        requirement.require(3, !sync.isEmpty() || stays, () -> "nobody in sync, none may go: " + where.get());
        boolean shrinks = record.map(r -> sync.containsAll(r.target())).orElse(false);
        int need = Math.min(Math.max(1, stored.minInSync(partition.topic())), sync.size());
        requirement.require(3, shrinks || left.size() >= need, () -> "fewer than " + need + " in sync: " + where.get());
    }
}
