package org.reassign.api.client;

import java.util.Optional;
import org.reassign.api.Evolving;

/**
 * What is stored with a request. Requester and reason are for people, and shown with the reassignment while it is in flight.
 *
 * @param requester who asks
 * @param reason why
 * @param answer whether the controller is to keep what becomes of each entry until it is read by {@link
 *     ReassignmentClient#await}; see {@link org.reassign.api.model.KeptAnswer}. The legacy channel cannot say so
 */
@Evolving(since = "1.0")
public record SubmitOptions(Optional<String> requester, Optional<String> reason, boolean answer) {
    /** Neither a requester nor a reason. */
    public static final SubmitOptions NONE = new SubmitOptions(Optional.empty(), Optional.empty());

    /** Keeps no answers. */
    public SubmitOptions(Optional<String> requester, Optional<String> reason) {
        this(requester, reason, false);
    }

    /** The same, with answers that are kept. */
    public SubmitOptions answered() {
        return new SubmitOptions(requester, reason, true);
    }
}
