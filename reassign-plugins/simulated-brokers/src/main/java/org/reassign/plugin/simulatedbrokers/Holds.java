package org.reassign.plugin.simulatedbrokers;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.TopicPartition;

/** The replicas that are kept from being in sync. */
final class Holds {
    private final SortedMap<Held, CompletableFuture<Void>> held = new TreeMap<>();

    private record Held(TopicPartition partition, int broker) implements Comparable<Held> {
        private static final Comparator<Held> ORDER =
                Comparator.comparing(Held::partition).thenComparingInt(Held::broker);

        @Override
        public int compareTo(Held other) {
            return ORDER.compare(this, other);
        }
    }

    boolean contains(TopicPartition partition, int broker) {
        return held.containsKey(new Held(partition, broker));
    }

    /** Holds a replica; the stage completes when it is released. Holding it again gives the same stage. */
    CompletionStage<Void> hold(TopicPartition partition, int broker) {
        return held.computeIfAbsent(new Held(partition, broker), key -> new CompletableFuture<>());
    }

    void release(TopicPartition partition, int broker) {
        CompletableFuture<Void> released = held.remove(new Held(partition, broker));
        if (released != null) {
            released.complete(null);
        }
    }

    /** Releases all and says of which partitions. */
    List<TopicPartition> releaseAll() {
        List<Held> all = List.copyOf(held.keySet());
        all.forEach(each -> release(each.partition(), each.broker()));
        return all.stream().map(Held::partition).distinct().toList();
    }

    /** Releases all replicas of a topic. */
    void releaseTopic(String topic) {
        for (Held each : List.copyOf(held.keySet())) {
            if (each.partition().topic().equals(topic)) {
                release(each.partition(), each.broker());
            }
        }
    }
}
