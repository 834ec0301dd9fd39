package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.DecisionInput;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.decide.StateDecision;
import org.reassign.core.lead.Admission.Taken;
import org.reassign.core.store.PartitionWrite;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** One turn: every partition that may have something due is decided, and what was decided is written together. */
final class TurnExecutor {
    private static final int PATIENCE = 5;

    private final TermContext mandate;
    private final Store store;
    private final ClusterState cluster;
    private final TopicObserver topics;
    private final Requests requests;
    private final Answers answers;
    private final MinInSync minInSync;
    private final CompletionBatching lingering;
    private final CommittedEffects consequences;
    private final OversizeCheck oversize;
    private int failedInARow;
    private boolean pauses;

    TurnExecutor(
            TermContext mandate,
            Store store,
            ClusterState cluster,
            TopicObserver topics,
            Requests requests,
            Answers answers,
            MinInSync minInSync,
            CompletionBatching lingering,
            CommittedEffects consequences) {
        this.mandate = mandate;
        this.store = store;
        this.cluster = cluster;
        this.topics = topics;
        this.requests = requests;
        this.answers = answers;
        this.minInSync = minInSync;
        this.lingering = lingering;
        this.consequences = consequences;
        this.oversize = new OversizeCheck(mandate, cluster, answers, turns -> plan(turns, List.of()));
    }

    void turn(SortedMap<TopicPartition, Taken> accepted) {
        lingering.note(cluster.dirty.stream()
                .map(cluster.tracked::get)
                .filter(Objects::nonNull)
                .toList());
        SortedMap<TopicPartition, PartitionDecision> turns = decide(accepted);
        Store.Outcome outcome = write(turns, accepted);
        turns.forEach((partition, turn) -> {
            Optional<Taken> taken = Optional.ofNullable(accepted.get(partition));
            if (outcome.states().contains(partition)) {
                consequences.recordedOnly(partition, turn, taken);
            } else if (outcome.records().contains(partition)) {
                taken.ifPresent(one -> answerWhatIsGone(one.entry()));
            } else {
                consequences.written(partition, turn, taken);
            }
        });
        Set<String> unwritten = unwritten(outcome);
        turns.forEach((partition, turn) -> {
            if (unwritten.contains(partition.topic()) && !outcome.records().contains(partition)) {
                cluster.recorded(partition, turn.after().record());
            }
        });
        unwritten.addAll(outcome.topicsChanged());
        unwritten.forEach(topics::reload); // last: what is read there is newer than what was decided here
    }

    /** What had to go before a record that was not written then is gone: nothing of it is left to be answered later. */
    private void answerWhatIsGone(AdmittedEntry overrider) {
        overrider.overtaken().stream()
                .filter(overtaken -> !requests.isStored(overtaken.settlement()))
                .forEach(answers::answered);
    }

    private SortedMap<TopicPartition, PartitionDecision> decide(SortedMap<TopicPartition, Taken> accepted) {
        SortedMap<TopicPartition, PartitionDecision> turns = new TreeMap<>();
        List<PartitionState> due = cluster.dirty.stream()
                .filter(partition -> !cluster.unread.contains(partition))
                .map(cluster.tracked::get)
                .filter(Objects::nonNull)
                .toList();
        cluster.dirty.clear();
        minInSync.read(due.stream()
                .filter(p -> dropDue(p, acceptance(accepted, p)))
                .map(p -> p.partition().topic())
                .toList());
        due.forEach(p -> {
            Optional<RecordUpdate> acceptance = acceptance(accepted, p);
            turns.put(p.partition(), PartitionDecision.of(p, acceptance, view(p, acceptance)));
        });
        return turns;
    }

    private static Optional<RecordUpdate> acceptance(SortedMap<TopicPartition, Taken> accepted, PartitionState p) {
        return Optional.ofNullable(accepted.get(p.partition())).map(Taken::acceptance);
    }

    /** Whether replicas may be dropped in this turn: only then min.insync.replicas matters. */
    private static boolean dropDue(PartitionState p, Optional<RecordUpdate> acceptance) {
        return p.progress().dropDue()
                || acceptance.filter(update -> update.after().dropDue()).isPresent();
    }

    private DecisionInput view(PartitionState p, Optional<RecordUpdate> acceptance) {
        Replicas mayMatter = acceptance
                .map(RecordUpdate::assigned)
                .orElse(Replicas.NONE)
                .append(p.assigned())
                .append(p.target())
                .append(p.state().isr());
        return new DecisionInput(
                cluster.live(mayMatter),
                dropDue(p, acceptance) ? minInSync.of(p.partition().topic()) : 1,
                acceptance.isEmpty() && lingering.over(p),
                mandate.fence().epoch());
    }

    private Store.Outcome write(
            SortedMap<TopicPartition, PartitionDecision> turns, SortedMap<TopicPartition, Taken> accepted) {
        List<TurnPlan.Removal> removals = overridden(accepted);
        TurnPlan plan = plan(turns, removals);
        if (oversize.takeOut(plan, turns, accepted)) {
            return write(turns, accepted);
        }
        if (plan.ops().isEmpty()) {
            cluster.topics.putAll(plan.topics());
            return Store.Outcome.DONE;
        }
        Store.Outcome outcome = store.perform(plan);
        requests.removalsTried(removals, outcome.removed());
        Set<String> unwritten = unwritten(outcome);
        plan.topics().forEach((topic, after) -> {
            if (!unwritten.contains(topic)) {
                cluster.topics.put(topic, after);
            }
        });
        if (outcome.records().isEmpty()) {
            cluster.owed.apply(plan.owedAdded());
            cluster.owed.apply(plan.owedRemoved());
        } else {
            cluster.debtsStale = true; // a debt may have fallen with the record that it was written for
        }
        backOff(outcome);
        return outcome;
    }

    private static Set<String> unwritten(Store.Outcome outcome) {
        Set<String> topics = new TreeSet<>();
        outcome.records().forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    private TurnPlan plan(SortedMap<TopicPartition, PartitionDecision> turns, List<TurnPlan.Removal> removals) {
        List<PartitionWrite> writes = new ArrayList<>();
        turns.forEach((partition, turn) -> change(partition, turn).ifPresent(writes::add));
        return TurnPlan.of(
                writes,
                removals,
                cluster.topics,
                cluster.owed,
                mandate.plugins().layout().plugin(),
                mandate.settings().writeMode());
    }

    /** Whether writes have failed so often in a row that the next try waits. */
    boolean pauses() {
        return pauses;
    }

    /** One stale write is read and decided again at once; what goes on failing is not tried without end. */
    private void backOff(Store.Outcome outcome) {
        failedInARow = outcome.why().isPresent() ? failedInARow + 1 : 0;
        if (failedInARow < PATIENCE || pauses) {
            return;
        }
        if (failedInARow == PATIENCE) {
            mandate.listener()
                    .warning(outcome.why().orElseThrow() + ", " + PATIENCE
                            + " times in a row; it is tried again every "
                            + mandate.settings().retryDelay().toMillis() + " ms");
        }
        pauses = true;
        mandate.timers()
                .after(mandate.settings().retryDelay(), () -> mandate.loop().mark(() -> pauses = false));
    }

    /** Legacy entries that accepted ones override. */
    private List<TurnPlan.Removal> overridden(SortedMap<TopicPartition, Taken> accepted) {
        Map<TopicPartition, ReassignmentRecord> running = new TreeMap<>();
        accepted.forEach((partition, taken) -> taken.before().ifPresent(record -> running.put(partition, record)));
        return requests.overridden(accepted.values().stream().map(Taken::entry).toList(), running);
    }

    private static Optional<PartitionWrite> change(TopicPartition partition, PartitionDecision turn) {
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
                partition,
                change,
                turn.owed(),
                before.state().leaderEpoch(),
                state,
                before.zkVersion(),
                turn.state().filter(StateDecision::takesAway).isPresent()));
    }
}
