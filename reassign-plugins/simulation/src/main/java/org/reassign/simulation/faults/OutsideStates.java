package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.StateJson;

/** Somebody who writes {@code state}, and an operator who repairs it. */
final class OutsideStates {
    private static final String ACTIVE = "/reassign/active";

    private final SimulatedWorld world;
    private final DrawnRun run;
    private final ZkPort zk;
    /** What was written, and how it stood. */
    private final SortedMap<TopicPartition, Before> rewritten = new TreeMap<>();

    /**
     * A partition before its {@code state} was written.
     *
     * @param epoch its leader epoch
     * @param assigned AR
     */
    private record Before(int epoch, Replicas assigned) {}

    OutsideStates(SimulatedWorld world, DrawnRun run, ZkPort zk) {
        this.run = run;
        this.world = world;
        this.zk = zk;
    }

    void rewrite(ScheduledEvent.RewrittenState deed) {
        Optional<LeaderAndIsr> now = world.stored().state(deed.partition());
        if (now.isPresent() && !rewritten.containsKey(deed.partition())) {
            foreign(deed, now.get()).ifPresent(state -> {
                world.happens(deed, "an outsider");
                Replicas assigned = world.stored()
                        .assigned(deed.partition())
                        .orElse(now.get().isr());
                rewritten.put(deed.partition(), new Before(now.get().leaderEpoch(), assigned));
                write(deed.partition(), state);
            });
        }
    }

    /**
     * Whether it has written this {@code state}. Where the partition is missing, too, a controller takes a foreign broker
     * in the ISR for a replica, and may let it lead without data.
     */
    boolean wrote(TopicPartition partition) {
        return rewritten.containsKey(partition);
    }

    private Optional<LeaderAndIsr> foreign(ScheduledEvent.RewrittenState deed, LeaderAndIsr now) {
        if (deed.how() == ScheduledEvent.ForeignState.OLDER_EPOCH) {
            return now.leaderEpoch() == 0
                    ? Optional.empty()
                    : Optional.of(with(now, now.leader(), now.leaderEpoch() - 1, now.isr()));
        }
        return outside(deed.partition())
                .map(broker -> with(
                        now,
                        deed.how() == ScheduledEvent.ForeignState.FOREIGN_LEADER ? broker : now.leader(),
                        now.leaderEpoch(),
                        now.isr().append(Replicas.of(broker))));
    }

    /**
     * A live broker that is no replica and will not be one: a target that is in sync by name only would complete. None where
     * the topic lacks the partition: nothing would tell the replicas from it.
     */
    private Optional<Integer> outside(TopicPartition partition) {
        return world.stored()
                .assigned(partition)
                .flatMap(assigned -> world.stored().live().stream()
                        .filter(broker -> !assigned.contains(broker)
                                && !world.lab().disk(broker).containsKey(partition))
                        .filter(broker -> !run.asksFor(partition, broker))
                        .findFirst());
    }

    private static LeaderAndIsr with(LeaderAndIsr now, int leader, int epoch, Replicas isr) {
        return new LeaderAndIsr(leader, epoch, now.controllerEpoch(), isr, now.unknown());
    }

    private void write(TopicPartition partition, LeaderAndIsr state) {
        zk.commit(List.of(ZkWrite.setData(StateJson.path(partition), StateJson.encode(state), ZkWrite.ANY_VERSION)));
    }

    /**
     * ISR and leader are replicas again, at an epoch that no broker knows, and a controller is elected that does not find whom
     * those before it have told what, and so tells all brokers everything.
     */
    void heal() {
        rewritten.forEach((partition, before) -> {
            Optional<LeaderAndIsr> state = world.stored().state(partition);
            if (state.isPresent()) {
                // the partition may be missing in its topic, where an outsider has written that, too
                Replicas assigned = world.stored().assigned(partition).orElse(before.assigned());
                Replicas inside = state.get().isr().intersect(assigned);
                Replicas isr = inside.isEmpty() ? state.get().isr() : inside;
                int leader = isr.contains(state.get().leader())
                        ? state.get().leader()
                        : isr.ids().get(0);
                int epoch = Math.max(before.epoch(), state.get().leaderEpoch()) + 1;
                world.says("an operator repairs the state of " + partition);
                write(partition, with(state.get(), leader, epoch, isr));
            }
        });
        if (!rewritten.isEmpty()) {
            depose();
        }
    }

    /** A controller is elected that looks after all, and tells all. */
    void depose() {
        String forgotten = world.stored().text(ACTIVE).orElse("").replaceFirst(",\"announcedUpTo\":[0-9]+", "");
        zk.commit(List.of(ZkWrite.setData(ACTIVE, forgotten, ZkWrite.ANY_VERSION)));
        if (world.stored().node("/controller").isPresent()) {
            zk.commit(List.of(ZkWrite.delete("/controller", ZkWrite.ANY_VERSION)));
        }
    }
}
