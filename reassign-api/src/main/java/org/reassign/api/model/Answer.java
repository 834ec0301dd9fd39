package org.reassign.api.model;

import java.util.Optional;
import org.reassign.api.Stable;

/**
 * The outcome of one entry of a request.
 *
 * @param request the request's id
 * @param mechanism the kind of channel that it came by
 * @param partition the partition as written, {@code topic-N}, or the request's id where the whole of it is refused
 * @param outcome its outcome
 * @param refusal why, where it was refused
 */
@Stable(since = "1.0")
public record Answer(
        String request, Mechanism mechanism, String partition, Outcome outcome, Optional<Refusal> refusal) {
    /** The possible outcomes of an entry. */
    public enum Outcome {
        /** The assigned replicas are its target. */
        COMPLETED,
        /** A later request took its place. */
        SUPERSEDED,
        /** A cancel ended it; the cancel itself is completed. */
        CANCELLED,
        /** It was not accepted. */
        REFUSED,
        /** Its target was assigned already. */
        UNCHANGED,
        /** The topic was deleted under it. */
        TOPIC_DELETED
    }
}
