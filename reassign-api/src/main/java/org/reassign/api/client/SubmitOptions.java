package org.reassign.api.client;

import java.util.Optional;
import org.reassign.api.Evolving;

/**
 * What is stored with a request, for people; both are shown with the reassignment as long as it is in flight.
 *
 * @param requester who asks
 * @param reason why
 */
@Evolving(since = "1.0")
public record SubmitOptions(Optional<String> requester, Optional<String> reason) {
    /** Neither a requester nor a reason. */
    public static final SubmitOptions NONE = new SubmitOptions(Optional.empty(), Optional.empty());
}
