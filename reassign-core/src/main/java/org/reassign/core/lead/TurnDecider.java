package org.reassign.core.lead;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.DecisionInput;
import org.reassign.core.decide.PartitionDecision;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.TopicImage;

/** Decides every partition that may have something due. */
final class TurnDecider {
    private final int controllerEpoch;
    private final CurrentImage image;
    private final Agenda agenda;
    private final MinInSync minInSync;
    private final CompletionBatching batching;

    TurnDecider(
            int controllerEpoch, CurrentImage image, Agenda agenda, MinInSync minInSync, CompletionBatching batching) {
        this.controllerEpoch = controllerEpoch;
        this.image = image;
        this.agenda = agenda;
        this.minInSync = minInSync;
        this.batching = batching;
    }

    /** The decisions of this turn, given the entries that were admitted; those without a known {@code state} wait. */
    SortedMap<TopicPartition, PartitionDecision> decide(SortedMap<TopicPartition, Admitted> admitted) {
        batching.note(decidable(agenda.toDecide())); // may add others of a topic that is complete
        List<PartitionState> due = decidable(agenda.takeToDecide());
        minInSync.read(due.stream()
                .filter(p -> dropDue(p, update(admitted, p)))
                .map(p -> p.partition().topic())
                .toList());
        SortedMap<TopicPartition, PartitionDecision> decisions = new TreeMap<>();
        due.forEach(p -> decisions.put(p.partition(), decide(p, update(admitted, p))));
        return decisions;
    }

    private List<PartitionState> decidable(List<TopicPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> image.get().decidable(partition).stream())
                .toList();
    }

    private static Optional<RecordUpdate> update(SortedMap<TopicPartition, Admitted> admitted, PartitionState p) {
        return Optional.ofNullable(admitted.get(p.partition())).map(Admitted::update);
    }

    /** Whether replicas may be dropped in this turn: only then min.insync.replicas matters. */
    private static boolean dropDue(PartitionState p, Optional<RecordUpdate> update) {
        return p.progress().due().drop()
                || update.filter(u -> u.after().due().drop()).isPresent();
    }

    private PartitionDecision decide(PartitionState p, Optional<RecordUpdate> update) {
        Replicas mayMatter = update.map(RecordUpdate::assigned)
                .orElse(Replicas.NONE)
                .append(p.assigned())
                .append(p.progress().overwritten())
                .append(p.target())
                .append(p.state().isr());
        DecisionInput input = new DecisionInput(
                image.get().live(p.partition(), mayMatter),
                dropDue(p, update) ? minInSync.of(p.partition().topic()) : 1,
                update.isEmpty() && batching.over(p),
                image.get()
                        .topic(p.partition().topic())
                        .filter(TopicImage::readable)
                        .isPresent(),
                controllerEpoch);
        return PartitionDecision.of(p, update, input);
    }
}
