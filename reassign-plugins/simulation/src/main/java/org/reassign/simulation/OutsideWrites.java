package org.reassign.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;

/**
 * What stood in topic znodes, records and {@code state} before somebody who is neither controller nor broker wrote over
 * it. It counts until a controller writes the same thing again: a controller cannot obey what it has not read yet.
 */
final class OutsideWrites {
    private static final Set<String> BROKERS = Set.of("brokers", "lab");

    private final StoredState stored;
    /** Topics as they count. */
    private final Map<String, TopicSnapshot> topics = new HashMap<>();
    /** Topics as an outsider has written them last. */
    private final Map<String, TopicSnapshot> foreign = new HashMap<>();

    private final Map<TopicPartition, LeaderAndIsr> states = new HashMap<>();
    private final Set<String> lost = new HashSet<>();

    OutsideWrites(StoredState stored) {
        this.stored = stored;
    }

    static boolean isOutsider(String actor) {
        return !actor.startsWith(Invariants.CONTROLLER) && !BROKERS.contains(actor);
    }

    /** An outsider writes these; what is returned is to be run once he has. */
    Runnable writing(Collection<String> topicsTouched, Collection<TopicPartition> statesTouched) {
        Map<String, TopicSnapshot> topicsBefore = new HashMap<>();
        topicsTouched.forEach(name -> stored.topic(name).ifPresent(was -> topicsBefore.put(name, was)));
        Map<TopicPartition, LeaderAndIsr> statesBefore = new HashMap<>();
        statesTouched.forEach(partition -> stored.state(partition).ifPresent(was -> statesBefore.put(partition, was)));
        return () -> {
            topicsBefore.forEach(topics::putIfAbsent);
            statesBefore.forEach(states::putIfAbsent);
            topicsTouched.forEach(stored::forget);
            topicsTouched.forEach(name -> stored.topic(name).ifPresent(now -> foreign.put(name, now)));
            topics.values()
                    .removeIf(was -> stored.topic(was.topic())
                            .map(now -> now.assigned().equals(was.assigned())
                                    && now.inFlight().equals(was.inFlight()))
                            .orElse(true));
            states.keySet().removeIf(partition -> stored.state(partition).isEmpty());
        };
    }

    /** A controller has written these: what it wrote counts, except for partitions that it left as they were. */
    void written(Collection<String> topicsTouched, Collection<TopicPartition> statesTouched) {
        topicsTouched.forEach(name -> topics.computeIfPresent(
                name,
                (key, was) ->
                        stored.topic(name).flatMap(now -> merged(was, now)).orElse(null)));
        states.keySet().removeAll(statesTouched);
    }

    /** What is stored of this topic counts; replicas outside AR may still follow, and come into the ISR. */
    void forget(String topic) {
        topics.remove(topic);
        lost.add(topic);
    }

    /** All data of this topic lie within AR again. */
    void remember(String topic) {
        lost.remove(topic);
    }

    /** Whether it was forgotten, and is not remembered yet. */
    boolean lost(String topic) {
        return lost.contains(topic);
    }

    /** What a controller has written, with what counted before where the outsider's write still stands; else empty. */
    private Optional<TopicSnapshot> merged(TopicSnapshot was, TopicSnapshot now) {
        TopicSnapshot by = foreign.get(was.topic());
        SortedMap<Integer, Replicas> assigned = merged(was.assigned(), by.assigned(), now.assigned());
        SortedMap<Integer, ReassignmentRecord> inFlight = merged(was.inFlight(), by.inFlight(), now.inFlight());
        return assigned.equals(now.assigned()) && inFlight.equals(now.inFlight())
                ? Optional.empty()
                : Optional.of(
                        new TopicSnapshot(now.topic(), assigned, now.fields(), now.version(), inFlight, now.records()));
    }

    private static <T> SortedMap<Integer, T> merged(Map<Integer, T> was, Map<Integer, T> by, Map<Integer, T> now) {
        SortedMap<Integer, T> merged = new TreeMap<>(now);
        was.forEach((number, counted) -> {
            if (Objects.equals(by.get(number), now.get(number))) {
                merged.put(number, counted);
            }
        });
        return merged;
    }

    /** Whether an outsider wrote the {@code state} last, or what brokers know of its topic is lost. */
    boolean wroteState(TopicPartition partition) {
        return states.containsKey(partition) || lost(partition.topic());
    }

    /** Whether an outsider wrote the topic's znode, or one of its records, last. */
    boolean wroteTopic(String topic) {
        return topics.containsKey(topic);
    }

    /** The {@code state} that counts. */
    Optional<LeaderAndIsr> state(TopicPartition partition) {
        return stored.state(partition).map(now -> states.getOrDefault(partition, now));
    }

    /** The newest leader epoch that a controller may have read; −1 where there is no {@code state}. */
    int newestEpoch(TopicPartition partition) {
        return Stream.of(Optional.ofNullable(states.get(partition)), stored.state(partition))
                .flatMap(Optional::stream)
                .mapToInt(LeaderAndIsr::leaderEpoch)
                .max()
                .orElse(-1);
    }

    /** Whether a broker is among the assigned replicas, as they are or as they count. */
    boolean isReplica(TopicPartition partition, int broker) {
        return Stream.of(assigned(partition), stored.assigned(partition))
                .flatMap(Optional::stream)
                .anyMatch(replicas -> replicas.contains(broker));
    }

    /** The assigned replicas that count. */
    Optional<Replicas> assigned(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.assigned().get(partition.partition()));
    }

    /** The same if an outsider wrote the topic last, unless a controller is writing it just now; else empty. */
    Optional<Replicas> overwritten(TopicPartition partition, Collection<String> written) {
        boolean stands = wroteTopic(partition.topic()) && !written.contains(partition.topic());
        return stands ? assigned(partition) : Optional.empty();
    }

    /** The record that counts. */
    Optional<ReassignmentRecord> record(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.inFlight().get(partition.partition()));
    }

    /** The topic as it counts. */
    Optional<TopicSnapshot> topic(String name) {
        return stored.topic(name).map(now -> topics.getOrDefault(name, now));
    }
}
