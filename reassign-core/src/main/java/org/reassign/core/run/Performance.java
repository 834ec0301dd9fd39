package org.reassign.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.InFlight;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.Timers;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.Acceptance;
import org.reassign.core.decide.Accepted;
import org.reassign.core.decide.Duties;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;
import org.reassign.core.decide.StateDecision;
import org.reassign.core.decide.Turn;
import org.reassign.core.decide.View;
import org.reassign.core.store.Fence;
import org.reassign.core.store.Op;
import org.reassign.core.store.PartitionWrite;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** Decides the partitions that changed, writes all of it together, and hands out what follows: answers and commands. */
final class Performance {
    private final Plugins plugins;
    private final ControllerSettings settings;
    private final Fence fence;
    private final Store store;
    private final ClusterState cluster;
    private final TopicReading topics;
    private final Requests requests;
    private final Answers answers;
    private final BrokerLines lines;
    private final IsrWatch watch;
    private final Retargeting retargeting;
    private final Lingering lingering;
    private final Timers timers;
    private final ControllerListener listener;
    private boolean foldDue;

    Performance(
            Plugins plugins,
            ControllerSettings settings,
            Fence fence,
            Store store,
            ClusterState cluster,
            TopicReading topics,
            Requests requests,
            Answers answers,
            BrokerLines lines,
            IsrWatch watch,
            Retargeting retargeting,
            Lingering lingering,
            Timers timers,
            ControllerListener listener) {
        this.plugins = plugins;
        this.settings = settings;
        this.fence = fence;
        this.store = store;
        this.cluster = cluster;
        this.topics = topics;
        this.requests = requests;
        this.answers = answers;
        this.lines = lines;
        this.watch = watch;
        this.retargeting = retargeting;
        this.lingering = lingering;
        this.timers = timers;
        this.listener = listener;
    }

    /**
     * An entry that was accepted in this turn.
     *
     * @param entry the entry
     * @param acceptance what it makes of record and AR
     * @param before the record that it takes the place of
     */
    record Taken(Accepted entry, Acceptance acceptance, Optional<InFlight> before) {}

    boolean foldDue() {
        return foldDue;
    }

    /** Whether requests must be folded again, because a record was not written. */
    boolean takeFoldDue() {
        boolean due = foldDue;
        foldDue = false;
        return due;
    }

    void turn(SortedMap<TopicPartition, Taken> accepted) {
        lingering.note(cluster.dirty.stream()
                .map(cluster.tracked::get)
                .filter(java.util.Objects::nonNull)
                .toList());
        SortedMap<TopicPartition, Turn> turns = decide(accepted);
        Store.Outcome outcome = write(turns, accepted);
        turns.forEach((partition, turn) -> {
            if (outcome.states().contains(partition)) {
                cluster.put(turn.persisted());
                cluster.unread.add(partition);
                cluster.dirty.add(partition);
                recorded(partition, turn, Optional.ofNullable(accepted.get(partition)));
            } else if (!outcome.records().contains(partition)) {
                cluster.put(turn.after());
                recorded(partition, turn, Optional.ofNullable(accepted.get(partition)));
                written(partition, turn);
                finish(partition, turn);
            }
        });
    }

    private SortedMap<TopicPartition, Turn> decide(SortedMap<TopicPartition, Taken> accepted) {
        SortedMap<TopicPartition, Turn> turns = new TreeMap<>();
        List<TopicPartition> due = new ArrayList<>(cluster.dirty);
        cluster.dirty.clear();
        for (TopicPartition partition : due) {
            PartitionState p = cluster.tracked.get(partition);
            if (p != null && !cluster.unread.contains(partition)) {
                turns.put(
                        partition, Turn.of(p, acceptance(accepted, partition), view(p, accepted), timers.nowMillis()));
            }
        }
        return turns;
    }

    private static Optional<Acceptance> acceptance(
            SortedMap<TopicPartition, Taken> accepted, TopicPartition partition) {
        return Optional.ofNullable(accepted.get(partition)).map(Taken::acceptance);
    }

    private View view(PartitionState p, SortedMap<TopicPartition, Taken> accepted) {
        Replicas mayMatter = acceptance(accepted, p.partition())
                .map(Acceptance::assigned)
                .orElse(Replicas.NONE)
                .then(p.assigned())
                .then(p.target())
                .then(p.state().isr());
        boolean drops = p.progress().dropDue() || accepted.containsKey(p.partition());
        return new View(
                cluster.live(mayMatter),
                drops ? retargeting.minInSync(p.partition().topic()) : 1,
                !accepted.containsKey(p.partition()) && lingering.over(p),
                fence.epoch());
    }

    private Store.Outcome write(SortedMap<TopicPartition, Turn> turns, SortedMap<TopicPartition, Taken> accepted) {
        List<PartitionWrite> writes = new ArrayList<>();
        turns.forEach((partition, turn) -> change(partition, turn).ifPresent(writes::add));
        Map<TopicPartition, InFlight> running = new TreeMap<>();
        accepted.forEach((partition, taken) -> taken.before().ifPresent(record -> running.put(partition, record)));
        List<TurnPlan.Removal> removals =
                requests.overridden(accepted.values().stream().map(Taken::entry).toList(), running);
        TurnPlan plan = TurnPlan.of(
                writes, removals, cluster.topics, cluster.owed, plugins.layout().plugin(), settings.writeMode());
        if (plan.ops().isEmpty()) {
            cluster.topics.putAll(plan.topics());
            return new Store.Outcome(Set.of(), Set.of());
        }
        Store.Outcome outcome = store.perform(plan);
        requests.removalsTried(removals);
        Set<String> unwritten = new TreeSet<>();
        outcome.records().forEach(partition -> unwritten.add(partition.topic()));
        plan.topics().forEach((topic, after) -> {
            if (!unwritten.contains(topic)) {
                cluster.topics.put(topic, after);
            }
        });
        cluster.owed.apply(plan.owedAdded());
        cluster.owed.apply(plan.owedRemoved());
        unwritten.forEach(this::reload);
        foldDue |= !unwritten.isEmpty();
        return outcome;
    }

    private static Optional<PartitionWrite> change(TopicPartition partition, Turn turn) {
        Optional<RecordChange> change = turn.acceptance()
                .map(a -> new RecordChange(partition.partition(), a.assigned(), a.record()))
                .or(() -> turn.completion()
                        .map(c -> new RecordChange(
                                partition.partition(), turn.persisted().target(), Optional.empty())));
        Optional<LeaderAndIsr> state = turn.state().map(StateDecision::content);
        if (change.isEmpty() && state.isEmpty()) {
            return Optional.empty();
        }
        PartitionState before = turn.persisted();
        return Optional.of(new PartitionWrite(
                partition, change, turn.owed(), before.state().leaderEpoch(), state, before.zkVersion()));
    }

    /** G1 or D2 is written. */
    private void recorded(TopicPartition partition, Turn turn, Optional<Taken> taken) {
        if (taken.isEmpty() || turn.acceptance().isEmpty()) {
            return;
        }
        Acceptance acceptance = turn.acceptance().get();
        if (acceptance.record().isEmpty()) {
            answers.reordered(taken.get().entry());
            return;
        }
        String label = taken.get().before().isPresent() ? "D2" : "G1";
        listener.step(
                partition,
                label,
                "target " + acceptance.record().get().target() + ", assigned " + acceptance.assigned());
        answers.recorded(taken.get().entry(), taken.get().before());
        cluster.dirty.add(partition); // the target may be in sync already
    }

    /** The {@code state} is written. */
    private void written(TopicPartition partition, Turn turn) {
        if (turn.state().isEmpty()) {
            return;
        }
        StateDecision decision = turn.state().get();
        LeaderAndIsr before = turn.persisted().state();
        listener.step(
                partition,
                decision.label(),
                "leader " + decision.content().leader() + ", isr "
                        + decision.content().isr() + ", epoch "
                        + decision.content().leaderEpoch());
        decision.dropped()
                .ids()
                .forEach(broker ->
                        listener.dropped(partition, broker, before.isr().contains(broker), before.leader() == broker));
        if (before.leader() != decision.content().leader()) {
            listener.leaderMoved(partition, before.leader(), decision.content().leader());
        }
    }

    /** What follows a partition's writes: brokers are told, and what is over is let go. */
    private void finish(TopicPartition partition, Turn turn) {
        PartitionState p = turn.after();
        Duties duties = Duties.of(p, cluster.liveFor(p));
        if (turn.state().isPresent()
                || turn.acceptance().isPresent()
                || turn.completion().isPresent()) {
            lines.metadata(told(p, p.assigned(), false));
        }
        duties.tell()
                .ids()
                .forEach(broker -> lines.leaderAndIsr(
                        broker, told(p, p.audience(), !p.state().isr().contains(broker))));
        duties.stop()
                .ids()
                .forEach(broker -> lines.stop(
                        broker, new StopPartition(partition, p.state().leaderEpoch(), true)));
        cluster.put(p.told());
        if (turn.completion().isPresent()) {
            listener.step(partition, "S4", "assigned " + p.assigned());
            turn.persisted().record().ifPresent(record -> answers.finished(record, Outcome.COMPLETED));
        }
        if (p.record().isEmpty()) {
            forget(partition);
        }
    }

    private void forget(TopicPartition partition) {
        Optional.ofNullable(cluster.tracked.remove(partition)).ifPresent(p -> lingering.forget(partition));
        watch.remove(List.of(partition));
        cluster.unread.remove(partition);
    }

    private static BrokerRequest.PartitionState told(PartitionState p, Replicas replicas, boolean isNew) {
        return new BrokerRequest.PartitionState(p.partition(), p.state(), p.zkVersion(), replicas, isNew);
    }

    /** A topic's znode is not what we knew: it is read again with its records, and what is in flight decided again. */
    void reload(String topic) {
        SortedMap<String, TopicSnapshot> read = topics.read(List.of(topic));
        if (read.isEmpty()) {
            topicDeleted(topic);
            return;
        }
        TopicSnapshot now = read.get(topic);
        cluster.topics.put(topic, now);
        of(topic).forEach(p -> {
            Optional<InFlight> record =
                    Optional.ofNullable(now.inFlight().get(p.partition().partition()));
            Progress progress = record.equals(p.record())
                    ? p.progress()
                    : record.map(r -> Progress.recovered(r.dropping())).orElse(Progress.IDLE);
            Replicas assigned = now.assigned().getOrDefault(p.partition().partition(), p.assigned());
            cluster.put(p.persisted(assigned, record, progress));
            cluster.unread.add(p.partition());
            cluster.dirty.add(p.partition());
        });
        foldDue = true;
    }

    /** A topic is gone: what was in flight of it ends, and its records go. */
    void topicDeleted(String topic) {
        Optional<TopicSnapshot> known = Optional.ofNullable(cluster.topics.remove(topic));
        of(topic).forEach(p -> forget(p.partition()));
        List<InFlight> ended =
                known.map(t -> List.copyOf(t.inFlight().values())).orElse(List.of());
        if (ended.isEmpty()) {
            return;
        }
        List<RecordChange> changes = ended.stream()
                .map(record -> new RecordChange(record.partition().partition(), record.target(), Optional.empty()))
                .toList();
        List<ZkWrite> deletions =
                plugins.layout().plugin().encode(known.get(), changes).after();
        store.settle(deletions.stream()
                .map(write -> new Op<Object>(Op.Wave.HOUSEKEEPING, Set.of(topic), write))
                .toList());
        ended.forEach(record -> answers.finished(record, Outcome.TOPIC_DELETED));
    }

    private List<PartitionState> of(String topic) {
        return cluster.tracked.values().stream()
                .filter(p -> p.partition().topic().equals(topic))
                .toList();
    }
}
