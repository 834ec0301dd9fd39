package org.reassign.core.lead;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkException;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.observe.StateObserver;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** The consequences of a turn's writes: effects and the next image. Whatever was not written is read again. */
final class TurnOutcome {
    private final CurrentImage image;
    private final Agenda agenda;
    private final ToRead toRead;
    private final Requests requests;
    private final CommittedEffects effects;
    private final StateObserver states;

    TurnOutcome(
            CurrentImage image,
            Agenda agenda,
            ToRead toRead,
            Requests requests,
            CommittedEffects effects,
            StateObserver states) {
        this.image = image;
        this.agenda = agenda;
        this.toRead = toRead;
        this.requests = requests;
        this.effects = effects;
        this.states = states;
    }

    /** The plan is about to be performed: events of what it writes are no news. */
    void begins(TurnPlan plan) {
        states.writing(plan.states());
    }

    void of(
            SortedMap<TopicPartition, PartitionDecision> decisions,
            SortedMap<TopicPartition, Admitted> admitted,
            TurnPlan plan,
            Store.Outcome outcome) {
        Set<TopicPartition> written = plan.states();
        written.removeAll(outcome.records());
        written.removeAll(outcome.states());
        states.written(written);
        Map<TopicPartition, PartitionState> after = new TreeMap<>();
        Map<TopicPartition, PartitionState> persisted = new TreeMap<>();
        Map<TopicPartition, PartitionState> failed = new TreeMap<>();
        Set<String> unwritten = new TreeSet<>();
        decisions.forEach((partition, decision) -> {
            Optional<Admitted> entry = Optional.ofNullable(admitted.get(partition));
            if (outcome.records().contains(partition)) {
                entry.ifPresent(one -> notWritten(one.entry(), partition, outcome));
                unwritten.add(partition.topic());
                agenda.decide(partition);
                if (outcome.begun().contains(partition)) {
                    failed.put(partition, decision.after());
                }
            } else if (outcome.states().contains(partition)) {
                effects.recorded(partition, decision, entry);
                persisted.put(partition, decision.persisted());
            } else {
                effects.written(partition, decision, entry);
                after.put(partition, decision.after().told());
            }
        });
        SortedMap<String, TopicSnapshot> topics = new TreeMap<>(plan.topics());
        topics.keySet().removeAll(unwritten);
        image.observe(new Observation.Written(after, persisted, failed, topics));
        readAgain(persisted.keySet(), unwritten, outcome);
    }

    /** The connection was lost, so that any write may be done. */
    void inDoubt(SortedMap<TopicPartition, PartitionDecision> decisions) {
        Map<TopicPartition, PartitionState> doubtful = new TreeMap<>();
        decisions.forEach((partition, decision) -> {
            if (decision.update().isPresent() || decision.completion().isPresent()) {
                doubtful.put(partition, decision.after());
            }
        });
        image.observe(new Observation.Written(Map.of(), Map.of(), doubtful, new TreeMap<>()));
    }

    /** An entry that an ACL does not allow is refused, unless its record is written: then it waits. */
    private void notWritten(AdmittedEntry entry, TopicPartition partition, Store.Outcome outcome) {
        Optional<ZkException> closed = Optional.ofNullable(outcome.closed().get(partition));
        if (closed.isPresent() && !outcome.begun().contains(partition)) {
            requests.refusedAsClosed(entry, closed.get());
        } else {
            requests.notWritten(entry);
        }
    }

    private void readAgain(Set<TopicPartition> persisted, Set<String> unwritten, Store.Outcome outcome) {
        toRead.states(persisted);
        agenda.decide(persisted);
        unwritten.forEach(toRead::topic);
        outcome.topicsChanged().forEach(toRead::topic);
        if (!outcome.records().isEmpty()) {
            agenda.fold();
        }
    }
}
