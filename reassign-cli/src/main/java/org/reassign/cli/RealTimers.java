package org.reassign.cli;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.reassign.api.spi.Timers;

/** The clock of the machine and a thread that runs tasks in their order. */
public final class RealTimers implements Timers, AutoCloseable {
    private static final long PATIENCE_MILLIS = 2000;

    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<Throwable> failures;

    /**
     * A thread of its own.
     *
     * @param actor the name of the thread
     * @param failures is told what a task throws, on that thread
     */
    public RealTimers(String actor, Consumer<Throwable> failures) {
        this.failures = failures;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, actor);
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var unused = thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the run is over; what comes late has nothing to do any more
        }
    }

    /** The boundary of the thread: what a task throws must not vanish in its future. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failures.accept(e);
                throw e;
            }
        };
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
