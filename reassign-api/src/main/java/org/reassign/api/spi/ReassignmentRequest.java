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
 * @param submission the id of the submission that writes it, the same in all of its pieces; given by the requester
 * @param answer whether the outcome of each entry is to be kept for the requester; not every channel can say so
 */
@Evolving(since = "1.0")
public record ReassignmentRequest(
        SortedMap<TopicPartition, Optional<Replicas>> targets,
        Optional<String> requester,
        Optional<String> reason,
        Optional<String> submission,
        boolean answer) {
    /** Copies the map. */
    public ReassignmentRequest {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    /** A request that is not submitted yet. */
    public ReassignmentRequest(
            SortedMap<TopicPartition, Optional<Replicas>> targets,
            Optional<String> requester,
            Optional<String> reason) {
        this(targets, requester, reason, Optional.empty(), false);
    }

    /** The same request for other targets, such as a part of its own. */
    public ReassignmentRequest asking(SortedMap<TopicPartition, Optional<Replicas>> others) {
        return new ReassignmentRequest(others, requester, reason, submission, answer);
    }

    /** The same request with a submission id. */
    public ReassignmentRequest submittedAs(String id) {
        return new ReassignmentRequest(targets, requester, reason, Optional.of(id), answer);
    }

    /** The same request, of which the outcomes are to be kept or not. */
    public ReassignmentRequest answered(boolean wanted) {
        return new ReassignmentRequest(targets, requester, reason, submission, wanted);
    }
}
