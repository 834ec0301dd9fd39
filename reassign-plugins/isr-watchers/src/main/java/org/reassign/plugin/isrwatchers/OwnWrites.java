package org.reassign.plugin.isrwatchers;

import org.reassign.api.zk.ZkEvent;

/**
 * Which events of one {@code state} come from writes of the core, so that nothing need be read. ZooKeeper sends one event
 * for each write to a watch that stands, in the order of the writes, and the core's write is done only at the version
 * that it knows. So of the events that come while it writes, and after, one is explained by it: if somebody else has
 * written too, there is one more. Which of them it is does not matter. Used by the core's thread and those of the port.
 */
final class OwnWrites {
    private boolean writing;
    /** Events that came while the core was writing. */
    private int held;
    /** Writes whose event is still to come. */
    private int expected;

    /** The core begins to write. */
    synchronized void begin() {
        writing = true;
    }

    /** The write is over, and was done or not. Returns whether an event has come that it does not explain. */
    synchronized boolean end(boolean done) {
        writing = false;
        int open = expected + (done ? 1 : 0) - held;
        held = 0;
        expected = Math.max(0, open);
        return open < 0;
    }

    /** Whether nothing need be read for this event, at least not before the write is over. */
    synchronized boolean explains(ZkEvent event) {
        if (event.type() != ZkEvent.Type.CHANGED) {
            return false;
        }
        if (writing) {
            held++;
            return true;
        }
        if (expected > 0) {
            expected--;
            return true;
        }
        return false;
    }

    /** Events may be lost. */
    synchronized void forget() {
        expected = 0;
    }
}
