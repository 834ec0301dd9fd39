package org.reassign.api.client;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;

/**
 * What is in flight and what waits, as read one after the other while a controller may be at work.
 *
 * @param inFlight the reassignments in flight
 * @param waiting entries of requests that are not in flight, in the order in which they were stored
 */
@Evolving(since = "1.0")
public record ReassignmentListing(SortedMap<TopicPartition, Reassignment> inFlight, List<WaitingTarget> waiting) {
    /** Copies both. */
    public ReassignmentListing {
        inFlight = Collections.unmodifiableSortedMap(new TreeMap<>(inFlight));
        waiting = List.copyOf(waiting);
    }
}
