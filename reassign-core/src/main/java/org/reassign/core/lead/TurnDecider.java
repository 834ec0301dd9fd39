package org.reassign.core.lead;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
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
    private final TopicConfigs configs;
    private final CompletionBatching batching;
    private final boolean visits;

    TurnDecider(
            TermContext context, CurrentImage image, Agenda agenda, TopicConfigs configs, CompletionBatching batching) {
        this.controllerEpoch = context.fence().epoch();
        this.visits = context.settings().office().mode() == OfficeSettings.Mode.VISITS;
        this.image = image;
        this.agenda = agenda;
        this.configs = configs;
        this.batching = batching;
    }

    /** The decisions of this turn, given the entries that were admitted; those without a known {@code state} wait. */
    SortedMap<TopicPartition, PartitionDecision> decide(SortedMap<TopicPartition, Admitted> admitted) {
        batching.note(decidable(agenda.toDecide())); // may add others of a topic that is complete
        List<PartitionState> due = decidable(agenda.takeToDecide());
        configs.readMinInSync(topics(due, p -> dropDue(p, update(admitted, p))));
        configs.readUnclean(topics(due, this::lacksLeader));
        SortedMap<TopicPartition, PartitionDecision> decisions = new TreeMap<>();
        due.forEach(p -> decisions.put(p.partition(), decide(p, update(admitted, p))));
        return decisions;
    }

    private List<PartitionState> decidable(List<TopicPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> image.get().decidable(partition).stream())
                .toList();
    }

    private static List<String> topics(List<PartitionState> due, Predicate<PartitionState> which) {
        return due.stream().filter(which).map(p -> p.partition().topic()).toList();
    }

    /** Whether replicas live and none of them is in sync: only then it matters whether an election may be unclean. */
    private boolean lacksLeader(PartitionState p) {
        Replicas live = image.get().liveFor(p);
        return p.inSyncReplicas().intersect(live).isEmpty()
                && !p.assigned().intersect(live).isEmpty();
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
                dropDue(p, update) ? configs.minInSync(p.partition().topic()) : 1,
                lacksLeader(p) && configs.unclean(p.partition().topic()),
                update.isEmpty() && batching.over(p),
                image.get()
                        .topic(p.partition().topic())
                        .filter(TopicImage::readable)
                        .isPresent(),
                visits,
                controllerEpoch);
        return PartitionDecision.of(p, update, input);
    }
}
