package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.decide.DecisionInput;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.decide.StateDecision;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;
import org.reassign.core.image.TopicImage;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.PartitionWrite;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** One turn: every partition that may have something due is decided, and what was decided is written together. */
final class TurnExecutor {
    private final TermContext context;
    private final Store store;
    private final CurrentImage image;
    private final Agenda agenda;
    private final ToRead toRead;
    private final Cleanup cleanup;
    private final Requests requests;
    private final Retargeting retargeting;
    private final CompletionBatching batching;
    private final CommittedEffects effects;
    private final OversizeCheck oversize;
    private final FailureBackOff backOff;

    TurnExecutor(
            TermContext context,
            Store store,
            CurrentImage image,
            Agenda agenda,
            ToRead toRead,
            Cleanup cleanup,
            Requests requests,
            Retargeting retargeting,
            CompletionBatching batching,
            CommittedEffects effects) {
        this.context = context;
        this.store = store;
        this.image = image;
        this.agenda = agenda;
        this.toRead = toRead;
        this.cleanup = cleanup;
        this.requests = requests;
        this.retargeting = retargeting;
        this.batching = batching;
        this.effects = effects;
        this.oversize = new OversizeCheck(context, agenda, requests, decisions -> plan(decisions, List.of()));
        this.backOff = new FailureBackOff(context);
    }

    /** Whether writes have failed so often that what is left waits for a while. */
    boolean pauses() {
        return backOff.pauses();
    }

    void turn(SortedMap<TopicPartition, Admitted> admitted) {
        batching.note(agenda.toDecide().stream()
                .map(image.get()::decidable)
                .flatMap(Optional::stream)
                .toList());
        SortedMap<TopicPartition, PartitionDecision> decisions = decide(admitted);
        List<TurnPlan.Removal> removals = requests.removalsBefore(admitted.values());
        TurnPlan plan = plan(decisions, removals);
        while (oversize.takeOut(plan, decisions, admitted)) {
            removals = requests.removalsBefore(admitted.values());
            plan = plan(decisions, removals);
        }
        Store.Outcome outcome = plan.ops().isEmpty() ? Store.Outcome.DONE : store.perform(plan);
        requests.removalsTried(removals, outcome.removed());
        cleanup.written(plan, outcome);
        effects(decisions, admitted, outcome);
        observe(decisions, plan, outcome);
        backOff.note(outcome.why());
    }

    private SortedMap<TopicPartition, PartitionDecision> decide(SortedMap<TopicPartition, Admitted> admitted) {
        SortedMap<TopicPartition, PartitionDecision> decisions = new TreeMap<>();
        for (TopicPartition partition : agenda.takeToDecide()) {
            image.get().decidable(partition).ifPresent(p -> {
                Optional<RecordUpdate> update =
                        Optional.ofNullable(admitted.get(partition)).map(Admitted::update);
                decisions.put(partition, PartitionDecision.of(p, update, input(p, update)));
            });
        }
        return decisions;
    }

    private DecisionInput input(PartitionState p, Optional<RecordUpdate> update) {
        Replicas mayMatter = update.map(RecordUpdate::assigned)
                .orElse(Replicas.NONE)
                .append(p.assigned())
                .append(p.progress().overwritten())
                .append(p.target())
                .append(p.state().isr());
        boolean drops = p.progress().due().drop()
                || update.filter(u -> u.after().due().drop()).isPresent();
        return new DecisionInput(
                image.get().live(mayMatter),
                drops ? retargeting.minInSync(p.partition().topic()) : 1,
                update.isEmpty() && batching.over(p),
                context.fence().epoch());
    }

    private void effects(
            SortedMap<TopicPartition, PartitionDecision> decisions,
            SortedMap<TopicPartition, Admitted> admitted,
            Store.Outcome outcome) {
        decisions.forEach((partition, decision) -> {
            Optional<Admitted> entry = Optional.ofNullable(admitted.get(partition));
            if (outcome.records().contains(partition)) {
                entry.ifPresent(one -> requests.notWritten(one.entry()));
            } else if (outcome.states().contains(partition)) {
                effects.recorded(partition, decision, entry);
            } else {
                effects.written(partition, decision, entry);
            }
        });
    }

    /** What was written is known; what was not is read again and decided again. */
    private void observe(SortedMap<TopicPartition, PartitionDecision> decisions, TurnPlan plan, Store.Outcome outcome) {
        Map<TopicPartition, PartitionState> after = new TreeMap<>();
        Map<TopicPartition, PartitionState> persisted = new TreeMap<>();
        Map<TopicPartition, Optional<ReassignmentRecord>> failed = new TreeMap<>();
        Set<String> unwritten = new TreeSet<>();
        decisions.forEach((partition, decision) -> {
            if (outcome.records().contains(partition)) {
                unwritten.add(partition.topic());
                agenda.decide(partition);
                if (outcome.begun().contains(partition)) {
                    failed.put(partition, decision.after().record());
                }
            } else if (outcome.states().contains(partition)) {
                persisted.put(partition, decision.persisted());
            } else {
                after.put(partition, decision.after().told());
            }
        });
        SortedMap<String, TopicSnapshot> topics = new TreeMap<>(plan.topics());
        topics.keySet().removeAll(unwritten);
        image.observe(new Observation.Written(after, persisted, failed, topics));
        toRead.states(persisted.keySet());
        agenda.decide(persisted.keySet());
        unwritten.addAll(outcome.topicsChanged());
        unwritten.forEach(toRead::topic);
        if (!outcome.records().isEmpty()) {
            agenda.fold();
        }
    }

    private TurnPlan plan(SortedMap<TopicPartition, PartitionDecision> decisions, List<TurnPlan.Removal> removals) {
        List<PartitionWrite> writes = new ArrayList<>();
        decisions.forEach((partition, decision) -> write(partition, decision).ifPresent(writes::add));
        SortedMap<String, TopicSnapshot> topics = new TreeMap<>();
        writes.stream()
                .filter(write -> write.change().isPresent() || write.checksTopic())
                .map(write -> write.partition().topic())
                .forEach(topic -> topics.computeIfAbsent(
                        topic,
                        name -> image.get()
                                .topic(name)
                                .map(TopicImage::snapshot)
                                .orElseThrow()));
        return TurnPlan.of(
                writes,
                removals,
                topics,
                cleanup.owed(),
                context.plugins().layout().plugin(),
                context.settings().writeMode());
    }

    private Optional<PartitionWrite> write(TopicPartition partition, PartitionDecision decision) {
        Optional<RecordChange> change = decision.update()
                .map(u -> new RecordChange(partition.partition(), u.assigned(), u.record()))
                .or(() -> decision.completion()
                        .map(c -> new RecordChange(
                                partition.partition(), decision.persisted().target(), Optional.empty())));
        Optional<LeaderAndIsr> state = decision.state().map(StateDecision::content);
        if (change.isEmpty() && state.isEmpty()) {
            return Optional.empty();
        }
        PartitionState before = decision.persisted();
        return Optional.of(new PartitionWrite(
                partition,
                change,
                decision.owed(),
                before.state().leaderEpoch(),
                state,
                before.zkVersion(),
                decision.state().filter(StateDecision::takesAway).isPresent() && isReadable(partition.topic())));
    }

    /** What is written over a topic that cannot be read is not ours to check. */
    private boolean isReadable(String topic) {
        return image.get().topic(topic).filter(TopicImage::readable).isPresent();
    }
}
