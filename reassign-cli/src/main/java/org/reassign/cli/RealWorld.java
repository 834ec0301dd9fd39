package org.reassign.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.scenario.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time: each actor has a thread of its own. Closing it ends the threads. */
final class RealWorld implements World, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealWorld.class);
    private static final long LOOK_EVERY_MILLIS = 5;

    private final ZkSessions sessions;
    private final List<ScheduledExecutorService> threads = new ArrayList<>();

    RealWorld(ZkSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public ZkSessions sessions() {
        return sessions;
    }

    @Override
    public Timers timers(String actor) {
        ScheduledExecutorService thread = thread(actor);
        threads.add(thread);
        return new OneThread(thread);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptedRun(e);
            }
        }
        return true;
    }

    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }

    /** A daemon thread that runs tasks in order; what one throws is logged and stops none of the others. */
    static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Runs tasks in order on one thread. */
    static Executor inOrder(ScheduledExecutorService thread) {
        return new OneThread(thread)::run;
    }

    private record OneThread(ScheduledExecutorService thread) implements Timers {
        @Override
        public long nowMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public void run(Runnable task) {
            after(Duration.ZERO, task);
        }

        @Override
        public void after(Duration delay, Runnable task) {
            try {
                thread.schedule(() -> logged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the world has ended; a task is left out", e);
            }
        }

        private static void logged(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("this should not have happened; report it", e);
                throw e;
            }
        }
    }
}
