package org.reassign.api.client;

import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.Evolving;

/**
 * One thing that a reassignment waits for.
 *
 * @param what the kind
 * @param broker the broker that it is about, if any
 * @param sinceMillis since when, in epoch milliseconds, where that can be told
 * @param sentence for people, without a full stop: {@code broker 3 to be in sync}
 */
@Evolving(since = "1.0")
public record WaitReason(What what, OptionalInt broker, Optional<Long> sinceMillis, String sentence) {
    /** The kinds of reasons. */
    public enum What {
        /** A broker of the target is not registered. */
        BROKER,
        /** A broker of the target is not in sync yet. */
        SYNC,
        /** Other reassignments must end first. */
        ROOM,
        /** The partition's {@code state} is missing or cannot be read. */
        STATE,
        /** An ACL keeps the controller from writing. */
        PERMISSION,
        /** The controller has the next step to take, or there is none. */
        CONTROLLER
    }
}
