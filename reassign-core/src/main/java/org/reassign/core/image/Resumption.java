package org.reassign.core.image;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.Progress;

/**
 * What a term takes over of an earlier one at its controller epoch. The partitions in flight that are stored as that one
 * knew them, on the same brokers, go on as they were. Their leader epoch is not raised: it means to brokers what it meant
 * before, so LeaderAndIsr at this epoch may be repeated where it was not answered. So it is for partitions that are not in
 * flight any more. Failed log directories of the same brokers are still known. What another client has written over a record or AR in the meantime is noticed, as within a term. All
 * others are as a starting controller finds them.
 */
final class Resumption {
    private final Draft draft;

    Resumption(Draft draft) {
        this.draft = draft;
    }

    void resume(Known known) {
        draft.become(draft.image().with(failed(known.image())));
        known.image().partitions(PartitionImage::isInFlight).stream()
                .filter(partition -> isSameTopic(known.image(), partition))
                .forEach(partition -> resume(
                        known, partition, known.image().partition(partition).orElseThrow()));
        SortedSet<TopicPartition> untold = new TreeSet<>(known.untold().keySet());
        untold.addAll(known.image().partitions(before -> before.isInFlight() || hasPending(before)));
        untold.removeIf(partition -> !isSameTopic(known.image(), partition) || !isIdle(partition));
        new BrokerReconciler(draft).announce(List.copyOf(untold), PartitionImage::untold);
    }

    /** A log directory that has failed stays so until its broker is restarted. */
    private PMap<Integer, PSet<TopicPartition>> failed(ClusterImage earlier) {
        PMap<Integer, PSet<TopicPartition>> failed = draft.image().failed();
        for (int broker : earlier.failed().keySet()) {
            if (incarnation(earlier, broker).equals(incarnation(draft.image(), broker))) {
                failed = failed.plus(broker, earlier.failed().get(broker));
            }
        }
        return failed;
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

    /** What a write of ours, whose answer was lost, has made of a partition is followed as by a starting controller. */
    private void resume(Known known, TopicPartition partition, PartitionImage before) {
        Optional<PartitionImage> now = draft.image().partition(partition);
        Replicas assigned = now.map(PartitionImage::assigned).orElse(Replicas.NONE);
        Optional<ReassignmentRecord> stored = now.flatMap(PartitionImage::record);
        if (before.isExplained(assigned, stored)) {
            return;
        }
        draft.put(partition, before);
        new TopicReconciler(draft).reread(partition, before, assigned, stored);
        PartitionImage reread = draft.image().partition(partition).orElseThrow();
        boolean goesOn = before.state().present().isPresent() && isSameBrokers(known.image(), before);
        draft.put(
                partition,
                goesOn ? pending(known, partition, reread) : reread.recovered().unknown());
        draft.add(
                now.filter(PartitionImage::isInFlight).isPresent()
                        ? new Fact.PartitionChanged(partition)
                        : new Fact.RecordFound(partition));
    }

    /** If the {@code state} has another leader or epoch when it is read, the epoch is raised all the same. */
    private static PartitionImage pending(Known known, TopicPartition partition, PartitionImage now) {
        Progress progress = now.progress();
        Replicas untold = known.untold().getOrDefault(partition, Replicas.NONE);
        Replicas audience = progress.audience(now.restored(), now.target());
        return now.with(progress.withPending(
                progress.delivery().unanswered().append(untold).intersect(audience)));
    }

    private boolean isSameTopic(ClusterImage earlier, TopicPartition partition) {
        return draft.image()
                .topic(partition.topic())
                .filter(TopicImage::wasRead)
                .filter(now ->
                        now.czxid() == earlier.topics().get(partition.topic()).czxid())
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
