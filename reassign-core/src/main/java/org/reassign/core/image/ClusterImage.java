package org.reassign.core.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.TreePMap;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.PartitionState;

/**
 * The cluster as last observed, each fact once. Immutable; the cost of a change is in proportion to it.
 *
 * @param live the registered brokers
 * @param topics the topics by name, also those that cannot be read
 * @param unreadable names of those that cannot be read
 * @param inFlight how many partitions are in flight
 * @param known how many partitions have a {@code state} that was read, or looked for
 * @param failed the replicas, by live broker, of which it has said that their log directory has failed
 * @param began whether recovery has read topics and brokers: brokers that appear later are new
 */
public record ClusterImage(
        SortedMap<Integer, Broker> live,
        TreePMap<String, TopicImage> topics,
        PSet<String> unreadable,
        int inFlight,
        int known,
        PMap<Integer, PSet<TopicPartition>> failed,
        boolean began) {
    /** Nothing is known. */
    public static final ClusterImage EMPTY = new ClusterImage(
            Collections.emptySortedMap(), TreePMap.empty(), HashTreePSet.empty(), 0, 0, HashTreePMap.empty(), false);

    /** A topic, also one that cannot be read. */
    public Optional<TopicImage> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    /** A partition of a topic that was read. */
    public Optional<PartitionImage> partition(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.partitions().get(partition.partition()));
    }

    /** The input of decisions about the partition; empty while its {@code state} is not known. */
    public Optional<PartitionState> decidable(TopicPartition partition) {
        return partition(partition).flatMap(image -> image.decidable(partition));
    }

    /** The record that is followed, if the partition is in flight. */
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return partition(partition).flatMap(PartitionImage::record);
    }

    /** The assigned replicas; where somebody else has overwritten them, those that are written again. */
    public Optional<Replicas> assigned(TopicPartition partition) {
        return partition(partition).map(PartitionImage::restored).filter(assigned -> !assigned.isEmpty());
    }

    /** The live ones of these brokers. */
    public Replicas live(Replicas brokers) {
        return brokers.filter(live::containsKey);
    }

    /** Those of these brokers that are live, except where their replica of the partition has failed. */
    public Replicas live(TopicPartition partition, Replicas brokers) {
        return brokers.filter(broker -> live.containsKey(broker) && !hasFailed(broker, partition));
    }

    /** Whether the broker has said that the log directory of its replica has failed. */
    public boolean hasFailed(int broker, TopicPartition partition) {
        return failed.getOrDefault(broker, HashTreePSet.empty()).contains(partition);
    }

    /** The racks of the live ones of these brokers that have one. */
    public SortedMap<Integer, String> racks(Replicas brokers) {
        SortedMap<Integer, String> racks = new TreeMap<>();
        live(brokers).ids().forEach(id -> live.get(id).rack().ifPresent(rack -> racks.put(id, rack)));
        return racks;
    }

    /** The live ones among all that matter to a partition. */
    public Replicas liveFor(PartitionState p) {
        return live(
                p.partition(), p.assigned().append(p.target()).append(p.state().isr()));
    }

    /** All partitions with a replica on one of these brokers. */
    public List<TopicPartition> hosted(Collection<Integer> brokers) {
        return brokers.isEmpty()
                ? List.of()
                : partitions(partition -> brokers.stream().anyMatch(partition.assigned()::contains));
    }

    /** All partitions that pass the test. */
    public List<TopicPartition> partitions(Predicate<PartitionImage> test) {
        List<TopicPartition> found = new ArrayList<>();
        topics.values().forEach(topic -> found.addAll(topic.partitions(test)));
        return found;
    }

    ClusterImage with(TopicImage topic) {
        TopicImage before = topics.get(topic.name());
        return new ClusterImage(
                live,
                topics.plus(topic.name(), topic),
                topic.readable() ? unreadable.minus(topic.name()) : unreadable.plus(topic.name()),
                inFlight + topic.inFlight() - (before == null ? 0 : before.inFlight()),
                known + topic.known() - (before == null ? 0 : before.known()),
                failed,
                began);
    }

    ClusterImage without(TopicImage topic) {
        return new ClusterImage(
                live,
                topics.minus(topic.name()),
                unreadable.minus(topic.name()),
                inFlight - topic.inFlight(),
                known - topic.known(),
                failed,
                began);
    }

    ClusterImage with(TopicPartition partition, PartitionImage now) {
        return with(topics.get(partition.topic()).with(partition.partition(), now));
    }

    ClusterImage with(SortedMap<Integer, Broker> nowLive) {
        return new ClusterImage(
                Collections.unmodifiableSortedMap(new TreeMap<>(nowLive)),
                topics,
                unreadable,
                inFlight,
                known,
                failed,
                began);
    }

    /** The same with other failed replicas. */
    ClusterImage with(PMap<Integer, PSet<TopicPartition>> nowFailed) {
        return new ClusterImage(live, topics, unreadable, inFlight, known, nowFailed, began);
    }

    ClusterImage withBegun() {
        return new ClusterImage(live, topics, unreadable, inFlight, known, failed, true);
    }
}
