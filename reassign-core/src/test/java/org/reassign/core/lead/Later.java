package org.reassign.core.lead;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.reassign.api.spi.Timers;

/** A thread whose tasks a test runs itself, one by one, whenever it is their time. */
final class Later implements Timers {
    static final Watchdog WATCHES_NOTHING = new Watchdog(Duration.ofMinutes(1), where -> {});

    final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public long elapsedMillis() {
        return 0;
    }

    @Override
    public void run(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(task);
    }
}
