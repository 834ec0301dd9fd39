package org.reassign.api.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.Evolving;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A partition.
 *
 * @param partition which one
 * @param replicas its assigned replicas
 * @param leader its leader, if it has one
 * @param isr its replicas in sync
 * @param reassignment its reassignment, if it is in flight
 * @param waiting entries of requests for it that are not in flight, in the order in which they were stored
 */
@Evolving(since = "1.0")
public record PartitionDescription(
        TopicPartition partition,
        Replicas replicas,
        OptionalInt leader,
        Replicas isr,
        Optional<Reassignment> reassignment,
        List<WaitingTarget> waiting) {
    /** Copies the list. */
    public PartitionDescription {
        waiting = List.copyOf(waiting);
    }

    /** Whether a reassignment of it is in flight, or a request for it waits. */
    public boolean isBusy() {
        return reassignment.isPresent() || !waiting.isEmpty();
    }
}
