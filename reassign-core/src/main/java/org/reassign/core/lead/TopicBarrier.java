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

/** Partitions that are ready for the same step and wait for others of their topic. */
final class TopicBarrier {
    private final CurrentImage image;
    private final Agenda agenda;
    private final Predicate<PartitionState> expected;
    private final Predicate<PartitionState> ready;
    /** Topic to partition to the elapsed milliseconds at which its wait began. */
    private final Map<String, SortedMap<TopicPartition, Long>> waiting = new HashMap<>();

    private final Set<String> complete = new HashSet<>();

    /**
     * A barrier at which no partition waits.
     *
     * @param expected the partitions in flight that the others wait for
     * @param ready those of them that wait here
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

    /** Checks whether all of the topic are ready; if so, those that wait are decided. */
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

    /** A partition without a known {@code state} counts as expected: in flight and not shrinking. */
    private boolean isExpected(TopicPartition partition) {
        return image.get().decidable(partition).map(expected::test).orElse(true);
    }

    /** Whether the wait of this one is over: all are ready, or it has waited for {@code lingerMillis}. */
    boolean isOver(TopicPartition partition, long elapsedMillis, long lingerMillis) {
        Long since = waiting.getOrDefault(partition.topic(), new TreeMap<>()).get(partition);
        return since != null && (complete.contains(partition.topic()) || elapsedMillis - since >= lingerMillis);
    }

    boolean holds(TopicPartition partition) {
        return waiting.getOrDefault(partition.topic(), new TreeMap<>()).containsKey(partition);
    }

    /** Decides again all that wait. */
    void decideAgain() {
        waiting.values().forEach(partitions -> agenda.decide(partitions.keySet()));
    }

    /** This one does not wait any more. */
    void forget(TopicPartition partition) {
        SortedMap<TopicPartition, Long> here = waiting.get(partition.topic());
        if (here != null && here.remove(partition) != null && here.isEmpty()) {
            waiting.remove(partition.topic());
            complete.remove(partition.topic());
        }
    }
}
