package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** All entries that were asked so far, per partition in the order in which they were stored. */
final class RequestedEntries {
    private final Map<TopicPartition, List<RequestedEntry>> entries = new HashMap<>();

    void add(TopicPartition partition, RequestedEntry entry) {
        entries.computeIfAbsent(partition, p -> new ArrayList<>()).add(entry);
    }

    List<RequestedEntry> of(TopicPartition partition) {
        return entries.getOrDefault(partition, List.of());
    }

    /** Calls {@code action} with each partition that was asked for. */
    void forEach(BiConsumer<TopicPartition, List<RequestedEntry>> action) {
        entries.forEach(action);
    }

    void forget(String topic) {
        entries.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** The newest entry of this request, or of this id of a value-first target, for the partition. */
    Optional<RequestedEntry> find(String request, TopicPartition partition) {
        return newest(partition, entry -> entry.is(request, partition));
    }

    Optional<RequestedEntry> newest(TopicPartition partition, Predicate<RequestedEntry> wanted) {
        return of(partition).stream().filter(wanted).reduce((earlier, later) -> later);
    }

    /** The newest legacy entry whose target is one of these. */
    Optional<RequestedEntry> newestLegacy(TopicPartition partition, Predicate<Replicas> target) {
        return newest(
                partition,
                entry -> entry.request.equals(ExpectedAssignment.LEGACY)
                        && entry.target.filter(target).isPresent());
    }
}
