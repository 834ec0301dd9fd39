package org.reassign.core.lead;

/** What is left to do in a term, the foremost of it. */
enum Remaining {
    /** Requests wait to be admitted, or removed. */
    REQUESTS,
    /** Something is to be decided, or brokers have not answered. */
    EFFECTS,
    /** Partitions in flight wait for replicas that are copied, or for brokers that are dead. */
    REPLICAS,
    NOTHING
}
