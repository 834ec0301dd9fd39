package org.reassign.core.decide;

import java.util.Optional;
import org.reassign.api.model.Replicas;

/**
 * All that one turn does for one partition, in the order in which it is written: record and AR, then {@code state}; or,
 * where nothing else is due, the completion. What is not due is empty.
 *
 * @param update G1 or D2, for an accepted entry; also the end of a G1 that a crash has cut
 * @param state the write of {@code state}
 * @param completion S4
 * @param persisted the partition once record and AR are written
 * @param after the partition once everything is written
 */
public record PartitionDecision(
        Optional<RecordUpdate> update,
        Optional<StateDecision> state,
        Optional<Completion> completion,
        PartitionState persisted,
        PartitionState after) {

    /**
     * Decides one partition.
     *
     * @param p the partition as stored and remembered
     * @param admitted the update, if an entry was admitted for it
     */
    public static PartitionDecision of(PartitionState p, Optional<RecordUpdate> admitted, DecisionInput view) {
        Optional<RecordUpdate> update = admitted.or(() -> due(p, view).filter(write -> view.topicReadable()));
        PartitionState persisted = update.map(u -> p.persisted(u.assigned(), u.record(), u.after()))
                .orElse(p);
        Optional<StateDecision> state = StateDecision.of(persisted, view);
        if (state.isPresent()) {
            PartitionState after =
                    persisted.written(state.get().content(), state.get().after());
            return new PartitionDecision(update, state, Optional.empty(), persisted, after);
        }
        PartitionState decided = persisted.dropDecided(view.live());
        Optional<Completion> completion = update.isPresent()
                ? Optional.empty()
                : Completion.of(decided, view.live()).filter(c -> view.lingerOver() && view.topicReadable());
        PartitionState after = completion.map(c -> decided.completed()).orElse(decided);
        return new PartitionDecision(update, Optional.empty(), completion, persisted, after);
    }

    private static Optional<RecordUpdate> due(PartitionState p, DecisionInput view) {
        return RecordUpdate.repair(p)
                .or(() -> view.dropsLeave() ? RecordUpdate.drop(p, view.live()) : Optional.empty());
    }

    /** Brokers whose deletion becomes owed. */
    public Replicas owed() {
        return update.map(RecordUpdate::owed)
                .orElseGet(() -> completion.map(Completion::owed).orElse(Replicas.NONE));
    }
}
