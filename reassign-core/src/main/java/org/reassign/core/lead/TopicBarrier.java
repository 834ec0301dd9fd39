package org.reassign.core.lead;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.PartitionImage;

/** Partitions that have come to the same point and wait there for others of their topic. */
final class TopicBarrier {
    private final CurrentImage image;
    private final Agenda agenda;
    private final Predicate<PartitionState> expected;
    private final Predicate<PartitionState> ready;
    /** Topic to partition to since when it waits, elapsed milliseconds. */
    private final Map<String, SortedMap<TopicPartition, Long>> waiting = new HashMap<>();

    private final Set<String> complete = new HashSet<>();

    /**
     * Nobody waits yet.
     *
     * @param expected which partitions in flight the others wait for
     * @param ready which of those have come
     */
    TopicBarrier(
            CurrentImage image, Agenda agenda, Predicate<PartitionState> expected, Predicate<PartitionState> ready) {
        this.image = image;
        this.agenda = agenda;
        this.expected = expected;
        this.ready = ready;
    }

    /** Notes whether this one waits. */
    void note(PartitionState p, long elapsedMillis) {
        if (expected.test(p) && ready.test(p)) {
            waiting.computeIfAbsent(p.partition().topic(), topic -> new TreeMap<>())
                    .putIfAbsent(p.partition(), elapsedMillis);
        } else {
            forget(p.partition());
        }
    }

    /** Finds out whether all of the topic have come; then those that wait are looked at. */
    void count(String topic) {
        complete.remove(topic);
        if (waiting.containsKey(topic) && hasAll(topic)) {
            complete.add(topic);
            agenda.decide(waiting.get(topic).keySet());
        }
    }

    private boolean hasAll(String topic) {
        Map<TopicPartition, Long> here = waiting.get(topic);
        return image.get()
                .topic(topic)
                .filter(known -> known.partitions(PartitionImage::isInFlight).stream()
                        .allMatch(partition -> here.containsKey(partition) || !isExpected(partition)))
                .isPresent();
    }

    /** What is not tracked yet is expected to be where all begin: in flight and not shrinking. */
    private boolean isExpected(TopicPartition partition) {
        return image.get().decidable(partition).map(expected::test).orElse(true);
    }

    /** Whether this one waits no longer: all have come, or it has waited so long. */
    boolean isOver(TopicPartition partition, long elapsedMillis, long lingerMillis) {
        Long since = waiting.getOrDefault(partition.topic(), new TreeMap<>()).get(partition);
        return since != null && (complete.contains(partition.topic()) || elapsedMillis - since >= lingerMillis);
    }

    boolean holds(TopicPartition partition) {
        return waiting.getOrDefault(partition.topic(), new TreeMap<>()).containsKey(partition);
    }

    /** All that wait are to be looked at. */
    void lookAgain() {
        waiting.values().forEach(partitions -> agenda.decide(partitions.keySet()));
    }

    /** This one does not wait, or no longer. */
    void forget(TopicPartition partition) {
        SortedMap<TopicPartition, Long> here = waiting.get(partition.topic());
        if (here != null && here.remove(partition) != null && here.isEmpty()) {
            waiting.remove(partition.topic());
            complete.remove(partition.topic());
        }
    }
}
