package org.reassign.api.model;

import org.reassign.api.Stable;

/**
 * Why an entry of a request is refused. The other entries of the request go on.
 *
 * @param code the kind of fault, for programs
 * @param sentence one sentence that names path, partition and value, says what is wrong and the remedy
 */
@Stable(since = "1.0")
public record Refusal(Code code, String sentence) {
    /** The kinds of fault. */
    public enum Code {
        /** The topic does not exist. */
        UNKNOWN_TOPIC,
        /** The topic has no such partition. */
        UNKNOWN_PARTITION,
        /** The topic is being deleted. */
        TOPIC_BEING_DELETED,
        /** The replica list is empty. */
        EMPTY_REPLICAS,
        /** A broker is twice in the replica list. */
        DUPLICATE_BROKERS,
        /** A broker id is negative. */
        NEGATIVE_BROKER,
        /** A broker that would be added is not registered. */
        UNREGISTERED_BROKER,
        /** The partition is twice in one request. */
        DUPLICATE_PARTITION,
        /** There is nothing in flight to cancel. */
        NOT_IN_FLIGHT,
        /** {@code log_dirs} other than {@code any}. */
        LOG_DIRS,
        /** The znode does not hold JSON. */
        NOT_JSON,
        /** A field has the wrong type or is missing. */
        WRONG_TYPE,
        /** The version is unknown. */
        UNSUPPORTED_VERSION,
        /** The conflict policy keeps the running reassignment. */
        CONFLICT,
        /** The partition has no {@code state} that can be read, so there is no leader to command. */
        NO_STATE,
        /** Another requester wrote another value in its place before it was read. */
        OVERWRITTEN,
        /** An ACL does not allow the controller to write the topic's znode. */
        NO_AUTH,
        /** A znode or request would outgrow ZooKeeper's limit. */
        TOO_LARGE
    }
}
