package org.reassign.core.decide;

import java.util.Optional;
import org.reassign.api.model.Replicas;

/**
 * All that one turn does for one partition, in the order in which it is written: record and AR, then {@code state}; or,
 * where nothing else is due, the completion. What is not due is empty.
 *
 * @param acceptance G1 or D2, for an accepted entry; also the end of a G1 that a crash has cut
 * @param state the write of {@code state}
 * @param completion S4
 * @param persisted the partition once record and AR are written
 * @param after the partition once everything is written
 */
public record PartitionDecision(
        Optional<RecordUpdate> acceptance,
        Optional<StateDecision> state,
        Optional<Completion> completion,
        PartitionState persisted,
        PartitionState after) {

    /**
     * Decides one partition.
     *
     * @param p the partition as stored and remembered
     * @param accepted the acceptance, if an entry was accepted for it
     */
    public static PartitionDecision of(PartitionState p, Optional<RecordUpdate> accepted, DecisionInput view) {
        Optional<RecordUpdate> acceptance = accepted.or(() -> RecordUpdate.finish(p));
        PartitionState persisted = acceptance
                .map(a -> p.persisted(a.assigned(), a.record(), a.after()))
                .orElse(p);
        Optional<StateDecision> state = StateDecision.of(persisted, view);
        if (state.isPresent()) {
            PartitionState after =
                    persisted.written(state.get().content(), state.get().after());
            return new PartitionDecision(acceptance, state, Optional.empty(), persisted, after);
        }
        PartitionState decided = persisted.dropDecided(view.live());
        Optional<Completion> completion = acceptance.isPresent()
                ? Optional.empty()
                : Completion.of(decided, view.live()).filter(c -> view.lingerOver());
        PartitionState after = completion.map(c -> decided.completed()).orElse(decided);
        return new PartitionDecision(acceptance, Optional.empty(), completion, persisted, after);
    }

    /** Brokers whose deletion becomes owed. */
    public Replicas owed() {
        return acceptance
                .map(RecordUpdate::owed)
                .orElseGet(() -> completion.map(Completion::owed).orElse(Replicas.NONE));
    }
}
