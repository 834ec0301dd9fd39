package org.reassign.simulation.faults;

/** What is drawn of people and tools that write to ZooKeeper beside the controllers, and of names and layouts. */
enum OutsideFault {
    /** A tool writes a topic znode that it read too early, or whose fields it does not know. */
    REWRITTEN_TOPIC,
    /** Somebody writes a {@code state} with a foreign ISR or leader, or an older epoch. */
    REWRITTEN_STATE,
    /** Somebody creates a child below a znode that a controller has to delete. */
    ODD_CHILD,
    /** Topics whose names look like records of others. */
    TOPIC_NAMES,
    /** A controller that starts keeps its records in another layout than the one before. */
    OTHER_LAYOUT,
    /** The connection of a requester breaks while it submits. */
    LOST_SUBMISSION,
    /** An operator deletes records or refusals, and the root above them. */
    DELETED_ROOT,
    /** An ACL closes a topic for a while. */
    CLOSED_TOPIC,
    /** An operator deletes the notifications of brokers, and the root above them. */
    LOST_NOTIFICATIONS,
    /** The log directory of a replica fails, and its broker is restarted a while later. */
    FAILED_LOG_DIRECTORY
}
