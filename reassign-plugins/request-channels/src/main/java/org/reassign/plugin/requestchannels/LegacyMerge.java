package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Puts what a requester asks for among the entries that stand in the legacy znode. */
final class LegacyMerge {
    private LegacyMerge() {}

    /**
     * The entries afterwards: those of the same partitions replaced in their place, new ones behind.
     *
     * @throws IllegalArgumentException for a cancel, which the legacy channel does not know
     */
    static List<JsonTree> merge(JsonTree.Arr stored, Map<TopicPartition, Optional<Replicas>> targets) {
        Map<TopicPartition, Replicas> wanted = new TreeMap<>();
        targets.forEach((partition, target) -> wanted.put(partition, orRefuse(partition, target)));
        List<JsonTree> items = new ArrayList<>();
        Map<TopicPartition, Replicas> left = new TreeMap<>(wanted);
        for (JsonTree item : stored.items()) {
            Optional<TopicPartition> partition = LegacyEntry.partition(item).filter(wanted::containsKey);
            if (partition.isEmpty()) {
                items.add(item);
                continue;
            }
            // A second entry of the same partition would make both faulty: it goes.
            Replicas target = left.remove(partition.get());
            if (target != null) {
                items.add(LegacyEntry.item(partition.get(), target, Optional.of(item)));
            }
        }
        left.forEach((partition, target) -> items.add(LegacyEntry.item(partition, target, Optional.empty())));
        return items;
    }

    private static Replicas orRefuse(TopicPartition partition, Optional<Replicas> target) {
        return target.orElseThrow(
                () -> new IllegalArgumentException("the legacy channel knows no cancel, so " + partition
                        + " cannot be cancelled through it; use the payload channel, or ask for its original list"));
    }
}
