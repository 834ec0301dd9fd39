package org.reassign.core.lead;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.ledger.AdmissionView;
import org.reassign.core.store.OwedDeletes;

/** What the controller knows, as last read or written. Touched by the loop's thread only. */
final class ClusterState implements AdmissionView {
    final SortedMap<String, TopicSnapshot> topics = new TreeMap<>();
    final SortedMap<Integer, Broker> live = new TreeMap<>();
    /** Partitions in flight, and those tended because a broker died or came. */
    final SortedMap<TopicPartition, PartitionState> tracked = new TreeMap<>();
    /** Tracked partitions to look at in this turn. */
    final SortedSet<TopicPartition> dirty = new TreeSet<>();
    /** Partitions in flight whose {@code state} has not been read yet. */
    final SortedSet<TopicPartition> unread = new TreeSet<>();

    final Set<String> beingDeleted = new HashSet<>();
    /** Topics that are there and hold no topic's JSON; they may stand in {@link #topics} as they were before. */
    final Set<String> unreadable = new TreeSet<>();
    /** Topics of which brokers were told because a broker died or came. */
    final Set<String> tended = new HashSet<>();

    OwedDeletes owed = new OwedDeletes();
    /** Whether what is owed must be read again. */
    boolean debtsStale;
    /** Znodes of ours that stand in the way or have lost their meaning, to be removed in this order. */
    final Set<String> leftBehind = new LinkedHashSet<>();
    /** Whether topics may have come or gone. */
    boolean topicsStale = true;
    /** Whether waiting requests must be folded again: something that they depend on has changed. */
    boolean foldDue = true;

    @Override
    public boolean exists(String topic) {
        return topics.containsKey(topic);
    }

    @Override
    public boolean unreadable(String topic) {
        return unreadable.contains(topic);
    }

    @Override
    public boolean beingDeleted(String topic) {
        return beingDeleted.contains(topic);
    }

    @Override
    public Optional<Replicas> assigned(TopicPartition partition) {
        return topic(partition).map(topic -> topic.assigned().get(partition.partition()));
    }

    @Override
    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return topic(partition).map(topic -> topic.inFlight().get(partition.partition()));
    }

    @Override
    public boolean registered(int broker) {
        return live.containsKey(broker);
    }

    /** Of a topic that was written in part: this partition's record was. */
    void recorded(TopicPartition partition, Optional<ReassignmentRecord> record) {
        TopicSnapshot known = topics.get(partition.topic());
        SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>(known.inFlight());
        record.ifPresentOrElse(
                now -> inFlight.put(partition.partition(), now), () -> inFlight.remove(partition.partition()));
        topics.put(
                partition.topic(),
                new TopicSnapshot(
                        known.topic(), known.assigned(), known.fields(), known.version(), inFlight, known.records()));
    }

    /** The live ones of these brokers. */
    Replicas live(Replicas brokers) {
        return brokers.filter(live::containsKey);
    }

    /** The live ones among all that matter to a partition. */
    Replicas liveFor(PartitionState p) {
        return live(p.assigned().append(p.target()).append(p.state().isr()));
    }

    /** All partitions that have a replica on one of these brokers. */
    List<TopicPartition> hosted(Collection<Integer> brokers) {
        return topics.values().stream()
                .flatMap(topic -> topic.assigned().entrySet().stream()
                        .filter(partition -> brokers.stream().anyMatch(partition.getValue()::contains))
                        .map(partition -> new TopicPartition(topic.topic(), partition.getKey())))
                .toList();
    }

    /** All partitions in flight. */
    List<TopicPartition> inFlight() {
        return topics.values().stream()
                .flatMap(topic -> topic.inFlight().keySet().stream()
                        .map(partition -> new TopicPartition(topic.topic(), partition)))
                .toList();
    }

    /** How many they are, tracked or not. */
    int countInFlight() {
        return topics.values().stream()
                .mapToInt(topic -> topic.inFlight().size())
                .sum();
    }

    /** Their records. */
    List<ReassignmentRecord> records() {
        return topics.values().stream()
                .flatMap(topic -> topic.inFlight().values().stream())
                .toList();
    }

    void put(PartitionState p) {
        tracked.put(p.partition(), p);
    }

    /** Puts a partition whose state changed, and looks at it again. */
    void change(PartitionState p) {
        if (!p.equals(tracked.put(p.partition(), p))) {
            dirty.add(p.partition());
        }
    }

    Optional<PartitionState> partition(TopicPartition partition) {
        return Optional.ofNullable(tracked.get(partition));
    }

    private Optional<TopicSnapshot> topic(TopicPartition partition) {
        return Optional.ofNullable(topics.get(partition.topic()));
    }
}
