package org.reassign.plugin.isrwatchers;

/**
 * Which of several one-shot watches on one znode counts. Reading again while a watch stands leaves two; were both armed
 * anew when they fire, they would double at each reconnect. So only the newest counts, unless its read failed: then it
 * may not stand, and an older one that fires is as good.
 *
 * <p>Called by the core's thread and the port's; its monitor is held for an assignment only, never while calling out.
 */
final class Arming {
    private static final long FAILED = 0;

    private long last = FAILED;
    private long counting = FAILED;

    /** A new watch is about to be armed; returns its number. */
    synchronized long begin() {
        counting = ++last;
        return counting;
    }

    /** The call that was to arm it failed. */
    synchronized void failed(long number) {
        if (counting == number) {
            counting = FAILED;
        }
    }

    /** Whether this watch, having fired, or this read, having come back, is the newest. */
    synchronized boolean counts(long number) {
        return counting == number || counting == FAILED;
    }

    /** The number of the newest watch. */
    synchronized long newest() {
        return counting;
    }

    /** Whether the newest call that was to arm a watch has failed, or none was made. */
    synchronized boolean isDown() {
        return counting == FAILED;
    }
}
