package org.reassign.plugin.isrwatchers;

/**
 * Which of several listings that arm the same watch counts: only the newest, unless it failed. Then the watch may not
 * stand, and what an older listing brings is as good.
 *
 * <p>Called by the core's thread and the port's; its monitor is held for an assignment only, never while calling out.
 */
final class Arming {
    private static final long FAILED = 0;

    private long last = FAILED;
    private long counting = FAILED;

    /** A new listing begins; returns its number. */
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

    /** Whether this listing, having come back, is the newest. */
    synchronized boolean counts(long number) {
        return counting == number || counting == FAILED;
    }

    /** The number of the newest listing. */
    synchronized long newest() {
        return counting;
    }

    /** Whether the newest call that was to arm a watch has failed, or none was made. */
    synchronized boolean isDown() {
        return counting == FAILED;
    }
}
