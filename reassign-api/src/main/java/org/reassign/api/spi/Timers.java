package org.reassign.api.spi;

import java.time.Duration;
import org.reassign.api.Evolving;

/**
 * A clock and a queue of tasks that run one at a time, in the order of their times. All tasks of one {@code Timers} run
 * on one thread, so state that only they touch needs no lock. In a simulation the time is virtual.
 */
@Evolving(since = "1.0")
public interface Timers {
    /** Now, in epoch milliseconds: to be shown and stored. It may jump when the machine's clock is set. */
    long nowMillis();

    /**
     * Milliseconds since some moment in the past, which never go back and do not jump: for how long something takes or
     * has waited. Only differences mean something, and only of one {@code Timers}.
     */
    long elapsedMillis();

    /** Runs a task as soon as those before it are done; may be called from any thread. */
    void run(Runnable task);

    /** Runs a task after a delay; may be called from any thread. Tasks with the same time run in the order given. */
    void after(Duration delay, Runnable task);
}
