package org.reassign.core.image;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** The changes to the image when topics were listed, or one was read with its records. */
final class TopicReconciler {
    private final Draft draft;

    TopicReconciler(Draft draft) {
        this.draft = draft;
    }

    void listed(SortedSet<String> names) {
        List.copyOf(draft.image().topics().values()).stream()
                .filter(topic -> !names.contains(topic.name()))
                .forEach(this::gone);
        names.stream()
                .filter(name -> !draft.image().topics().containsKey(name))
                .forEach(name -> draft.add(new Fact.TopicFound(name)));
    }

    /** A topic is known by its creation: one with another czxid is another topic, whatever its version. */
    void read(Observation.TopicRead seen) {
        Optional<TopicImage> before = draft.image().topic(seen.topic());
        if (seen.content() instanceof Seen.Present<TopicContent> present) {
            read(seen, present, same(before, present.czxid()));
        } else if (seen.content() instanceof Seen.Unreadable<TopicContent> unreadable) {
            unreadable(seen, unreadable, same(before, unreadable.czxid()));
        } else {
            before.ifPresent(this::gone);
        }
    }

    private Optional<TopicImage> same(Optional<TopicImage> before, long czxid) {
        before.filter(topic -> topic.czxid() != czxid).ifPresent(this::gone);
        return before.filter(topic -> topic.czxid() == czxid);
    }

    private void gone(TopicImage topic) {
        draft.become(draft.image().without(topic));
        draft.add(new Fact.TopicGone(topic));
    }

    private void unreadable(
            Observation.TopicRead seen, Seen.Unreadable<TopicContent> now, Optional<TopicImage> before) {
        if (before.filter(TopicImage::readable).isPresent() || before.isEmpty()) {
            draft.add(new Fact.TopicUnreadable(seen.topic()));
        }
        draft.put(before.map(TopicImage::spoiled)
                .orElseGet(() -> TopicImage.unread(seen.topic(), now.czxid(), now.version())));
        seen.records()
                .ifPresent(records -> before.ifPresent(topic -> topic.partitions()
                        .forEach((number, partition) -> reread(
                                new TopicPartition(topic.name(), number),
                                partition,
                                partition.assigned(),
                                Optional.ofNullable(records.get(number))))));
    }

    private void read(Observation.TopicRead seen, Seen.Present<TopicContent> now, Optional<TopicImage> before) {
        SortedMap<Integer, ReassignmentRecord> records = seen.records().orElseThrow();
        if (before.filter(TopicImage::wasRead).isEmpty()) {
            TopicImage topic = TopicImage.read(seen.topic(), now, records);
            draft.put(topic);
            draft.add(new Fact.TopicCame(topic));
            topic.partitions(PartitionImage::isInFlight)
                    .forEach(partition -> draft.add(new Fact.RecordFound(partition)));
            if (before.isPresent()) { // it has changed since this term began
                new BrokerReconciler(draft).announce(topic.partitions(p -> !p.isInFlight()), PartitionImage::untold);
            }
            return;
        }
        TopicImage topic = before.get();
        draft.put(topic.written(now.version(), now.value().fields()));
        partitions(topic, now.value().assigned(), records);
        List<TopicPartition> known = draft.image().topics().get(seen.topic()).partitions(PartitionImage::isKnown);
        draft.add(new Fact.TopicChanged(seen.topic(), known));
    }

    private void partitions(
            TopicImage before, SortedMap<Integer, Replicas> assigned, SortedMap<Integer, ReassignmentRecord> records) {
        SortedSet<Integer> numbers = new TreeSet<>(before.partitions().keySet());
        numbers.addAll(assigned.keySet());
        numbers.addAll(records.keySet());
        SortedMap<Integer, PartitionImage> known = new TreeMap<>(before.partitions());
        for (int number : numbers) {
            TopicPartition partition = new TopicPartition(before.name(), number);
            Optional<ReassignmentRecord> record = Optional.ofNullable(records.get(number));
            if (known.containsKey(number)) {
                reread(partition, known.get(number), assigned.getOrDefault(number, Replicas.NONE), record);
            } else {
                added(partition, Optional.ofNullable(assigned.get(number)), record);
            }
        }
    }

    private void added(TopicPartition partition, Optional<Replicas> assigned, Optional<ReassignmentRecord> record) {
        PartitionImage added =
                assigned.map(PartitionImage::idle).orElseGet(() -> PartitionImage.removed(record.orElseThrow()));
        draft.put(
                partition,
                record.map(found -> added.assigned().isEmpty() ? added : added.following(added.assigned(), found))
                        .orElse(added));
        record.ifPresent(found -> draft.add(new Fact.RecordFound(partition)));
    }

    /**
     * A known partition. The stored record is followed if it results from a write of ours that failed in part; any
     * other difference is a foreign write, and the known record is written again.
     */
    void reread(
            TopicPartition partition,
            PartitionImage before,
            Replicas nowAssigned,
            Optional<ReassignmentRecord> stored) {
        Optional<PartitionImage.Attempt> attempt = before.attempt();
        if (before.isExplained(nowAssigned, stored)) {
            followed(partition, before, attempt.orElseThrow(), nowAssigned, stored);
            return;
        }
        if (nowAssigned.isEmpty() && before.record().isEmpty()) {
            draft.put(draft.image().topics().get(partition.topic()).without(partition.partition()));
            draft.add(new Fact.PartitionForgotten(partition));
            return;
        }
        boolean recordStands = stored.equals(before.record());
        boolean assignedStands = nowAssigned.equals(before.assigned())
                || attempt.filter(it -> it.assigned().equals(nowAssigned)).isPresent();
        PartitionImage now = before.found(nowAssigned, stored);
        if (recordStands && assignedStands) {
            if (!now.equals(before)) {
                draft.put(partition, now);
            }
            return;
        }
        Replicas overwritten = overwritten(before);
        draft.put(partition, now.with(now.progress().withOverwritten(overwritten)));
        draft.add(
                recordStands
                        ? new Fact.AssignedChanged(partition, before.assigned(), nowAssigned)
                        : new Fact.RecordLost(partition, before.record(), before.assigned()));
        if (!before.isKnown() && before.record().isEmpty()) {
            draft.add(new Fact.StatesWanted(List.of(partition)));
        }
    }

    /** What AR held; where nothing is in flight, what it held before the first time that somebody else wrote it. */
    private static Replicas overwritten(PartitionImage before) {
        Replicas already = before.progress().overwritten();
        return already.isEmpty() || before.record().isPresent() ? already.append(before.assigned()) : already;
    }

    private void followed(
            TopicPartition partition,
            PartitionImage before,
            PartitionImage.Attempt attempt,
            Replicas assigned,
            Optional<ReassignmentRecord> stored) {
        boolean ours = assigned.equals(before.assigned()) || assigned.equals(attempt.assigned());
        Replicas overwritten = ours ? Replicas.NONE : overwritten(before);
        draft.put(
                partition,
                stored.map(record -> before.following(assigned, record))
                        .map(now -> now.with(now.progress().withOverwritten(overwritten)))
                        .orElseGet(() -> before.ended(assigned)));
        before.record()
                .ifPresent(known -> draft.add(
                        stored.isPresent()
                                ? new Fact.RecordReplaced(partition, known, stored.get())
                                : new Fact.RecordEnded(partition, known)));
        draft.add(new Fact.PartitionChanged(partition));
    }
}
