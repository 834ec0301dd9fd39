package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.StateDecision;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.TopicImage;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.store.PartitionWrite;
import org.reassign.core.store.TurnPlan;

/** Makes the plan of a turn's writes, without those over ZooKeeper's size limit. */
final class TurnPlanner {
    private final TermContext context;
    private final CurrentImage image;
    private final Requests requests;
    private final OwedDeleteQueue owed;
    private final OversizeCheck oversize;

    TurnPlanner(TermContext context, CurrentImage image, Agenda agenda, Requests requests, OwedDeleteQueue owed) {
        this.context = context;
        this.image = image;
        this.requests = requests;
        this.owed = owed;
        this.oversize = new OversizeCheck(
                context, agenda, requests, decisions -> encode(decisions, new TreeMap<>(), List.of()));
    }

    /**
     * The writes of a turn.
     *
     * @param plan all writes
     * @param removals those that remove overridden entries, done before the records that override them
     */
    record Planned(TurnPlan plan, List<TurnPlan.Removal> removals) {}

    /** Plans the decisions; removes from both maps those that cannot be written. */
    Planned plan(SortedMap<TopicPartition, PartitionDecision> decisions, SortedMap<TopicPartition, Admitted> admitted) {
        while (true) {
            List<TurnPlan.Removal> removals = requests.removalsBefore(admitted.values());
            TurnPlan plan = encode(decisions, admitted, removals);
            if (!oversize.takeOut(plan, decisions, admitted)) {
                return new Planned(plan, removals);
            }
        }
    }

    private TurnPlan encode(
            SortedMap<TopicPartition, PartitionDecision> decisions,
            SortedMap<TopicPartition, Admitted> admitted,
            List<TurnPlan.Removal> removals) {
        List<PartitionWrite> writes = new ArrayList<>();
        decisions.forEach((partition, decision) -> write(
                        partition, decision, answers(decision, Optional.ofNullable(admitted.get(partition))))
                .ifPresent(writes::add));
        SortedMap<String, TopicSnapshot> topics = new TreeMap<>();
        writes.stream()
                .filter(write -> write.change().isPresent() || write.checksRecord())
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
                owed.owed(),
                context.plugins().layout().plugin(),
                context.settings().writeMode());
    }

    /** The answers to those entries that end with the write of record and AR. */
    private static List<KeptAnswer> answers(PartitionDecision decision, Optional<Admitted> admitted) {
        if (decision.update().isPresent()) {
            return admitted.map(one ->
                            one.entry().kept(one.before(), one.update().record().isEmpty()))
                    .orElse(List.of());
        }
        return decision
                .completion()
                .flatMap(completion -> decision.persisted().record())
                .flatMap(record -> Ledger.kept(record, Outcome.COMPLETED))
                .stream()
                .toList();
    }

    private static Optional<PartitionWrite> write(
            TopicPartition partition, PartitionDecision decision, List<KeptAnswer> answers) {
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
                decision.state().filter(StateDecision::takesAway).isPresent(),
                answers));
    }
}
