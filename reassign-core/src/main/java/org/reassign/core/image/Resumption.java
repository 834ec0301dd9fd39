package org.reassign.core.image;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.Progress;

/**
 * What a term takes over of an earlier one at its controller epoch. The partitions in flight that are stored as that one
 * knew them, on the same brokers, go on as they were. Their leader epoch is not raised: it means to brokers what it meant
 * before, so LeaderAndIsr at this epoch may be repeated where it was not answered. So it is for partitions that are not in
 * flight any more. All others are as a starting controller finds them.
 */
final class Resumption {
    private final Draft draft;

    Resumption(Draft draft) {
        this.draft = draft;
    }

    void resume(Known known) {
        draft.image().partitions(PartitionImage::isInFlight).forEach(partition -> {
            PartitionImage now = draft.image().partition(partition).orElseThrow();
            known.image()
                    .partition(partition)
                    .filter(before -> isSame(before, now))
                    .filter(before -> isSameTopic(known.image(), partition) && isSameBrokers(known.image(), before))
                    .ifPresent(before ->
                            resume(partition, now, before, known.untold().getOrDefault(partition, Replicas.NONE)));
        });
        SortedSet<TopicPartition> untold = new TreeSet<>(known.untold().keySet());
        untold.addAll(known.image().partitions(before -> before.isInFlight() || hasPending(before)));
        untold.removeIf(partition -> !isIdle(partition) || !isSameTopic(known.image(), partition));
        new BrokerReconciler(draft).announce(List.copyOf(untold), PartitionImage::untold);
    }

    private static boolean hasPending(PartitionImage before) {
        return !before.progress().delivery().pending().isEmpty();
    }

    private boolean isIdle(TopicPartition partition) {
        return draft.image()
                .partition(partition)
                .filter(now -> !now.isInFlight())
                .isPresent();
    }

    /** If the {@code state} has another leader or epoch when it is read, the epoch is raised all the same. */
    private void resume(TopicPartition partition, PartitionImage now, PartitionImage before, Replicas untold) {
        Progress progress = before.progress();
        Replicas audience = progress.audience(before.assigned(), before.target());
        Replicas pending = progress.delivery().unanswered().append(untold).intersect(audience);
        draft.put(partition, now.with(before.state()).with(progress.withPending(pending)));
        draft.add(new Fact.PartitionChanged(partition));
    }

    private static boolean isSame(PartitionImage before, PartitionImage now) {
        return before.assigned().equals(now.assigned())
                && before.record().equals(now.record())
                && before.stored().equals(now.stored())
                && before.attempt().isEmpty()
                && before.progress().overwritten().equals(now.progress().overwritten())
                && before.state().present().isPresent();
    }

    private boolean isSameTopic(ClusterImage earlier, TopicPartition partition) {
        long czxid = draft.image().topics().get(partition.topic()).czxid();
        return earlier.topic(partition.topic())
                .filter(topic -> topic.czxid() == czxid)
                .isPresent();
    }

    private boolean isSameBrokers(ClusterImage earlier, PartitionImage before) {
        Replicas isr = before.state()
                .present()
                .map(Seen.Present::value)
                .map(LeaderAndIsr::isr)
                .orElse(Replicas.NONE);
        return Stream.of(before.assigned(), before.target(), isr)
                .flatMap(brokers -> brokers.ids().stream())
                .allMatch(id -> incarnation(earlier, id).equals(incarnation(draft.image(), id)));
    }

    private static Optional<Long> incarnation(ClusterImage image, int broker) {
        return Optional.ofNullable(image.live().get(broker)).map(Broker::epoch);
    }
}
