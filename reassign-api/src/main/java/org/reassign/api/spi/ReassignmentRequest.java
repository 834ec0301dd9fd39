package org.reassign.api.spi;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Evolving;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A request before it is written.
 *
 * @param targets partition to wanted replica list; empty to cancel
 * @param requester the requester's name, if given
 * @param reason why, if said
 */
@Evolving(since = "1.0")
public record ReassignmentRequest(
        SortedMap<TopicPartition, Optional<Replicas>> targets, Optional<String> requester, Optional<String> reason) {
    /** Copies the map. */
    public ReassignmentRequest {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }
}
