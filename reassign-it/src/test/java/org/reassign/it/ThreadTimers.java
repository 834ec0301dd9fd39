package org.reassign.it;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.reassign.api.spi.Timers;

/** The machine's clock and one thread, which can be held up as a long pause of the process would. */
final class ThreadTimers implements Timers, AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

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
            var unused = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed: what comes late has nothing to do any more
        }
    }

    /** Runs nothing, from when this returns until the latch is counted down. */
    CountDownLatch hold() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        run(() -> {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        if (!held.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the thread is busy with something else");
        }
        return released;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
