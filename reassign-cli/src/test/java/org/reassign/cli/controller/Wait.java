package org.reassign.cli.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes do. */
final class Wait {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Wait() {}

    /** What is waited for; may fail. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Looks until it holds. */
    static void until(String what, Condition condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
