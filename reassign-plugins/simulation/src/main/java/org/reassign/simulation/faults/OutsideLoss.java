package org.reassign.simulation.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.spi.TopicSnapshot;

/**
 * What a topic has lost to an outsider, known to who led then.
 *
 * @param left assigned replicas and records as the outsider has left them, which are not written again yet
 */
record OutsideLoss(Optional<FaultyPort> knownTo, Set<Integer> partitions, Map<String, Optional<?>> left) {
    static OutsideLoss of(Optional<FaultyPort> leader, TopicSnapshot before, TopicSnapshot after) {
        Set<Integer> partitions = Set.copyOf(before.assigned().keySet());
        Map<String, Optional<?>> left = parts(after, partitions);
        left.entrySet().removeAll(parts(before, partitions).entrySet());
        return new OutsideLoss(leader, partitions, left);
    }

    private static Map<String, Optional<?>> parts(TopicSnapshot topic, Set<Integer> partitions) {
        Map<String, Optional<?>> parts = new HashMap<>();
        partitions.forEach(partition -> {
            parts.put(
                    partition + " assigned",
                    Optional.ofNullable(topic.assigned().get(partition)));
            parts.put(
                    partition + " record", Optional.ofNullable(topic.inFlight().get(partition)));
        });
        return parts;
    }

    boolean isNone() {
        return left.isEmpty();
    }

    /** What is left of it once this is stored, which somebody else has written. */
    OutsideLoss after(TopicSnapshot now) {
        Map<String, Optional<?>> still = new HashMap<>(left);
        still.entrySet().retainAll(parts(now, partitions).entrySet());
        return new OutsideLoss(knownTo, partitions, still);
    }
}
