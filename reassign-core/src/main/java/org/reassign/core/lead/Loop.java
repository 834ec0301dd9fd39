package org.reassign.core.lead;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.core.store.LeadershipLost;

/**
 * The queue of the one thread: every event, on any thread, is handed in as a change of state; a turn runs once all
 * pending changes are made. No lock is held around state, and a watch callback only hands in a change.
 */
final class Loop {
    private final Timers timers;
    private final Runnable turn;
    private final Consumer<RuntimeException> ended;
    private final Runnable failed;
    private final Watchdog watchdog;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean stopped;
    private boolean running;

    /**
     * A loop that has not run.
     *
     * @param turn runs after the changes
     * @param ended called when a change or a turn ends with {@link LeadershipLost} or {@link ZkException}
     * @param failed called when one throws anything else, which is then rethrown to the owner of the timers
     * @param watchdog notices a turn that does not end
     */
    Loop(Timers timers, Runnable turn, Consumer<RuntimeException> ended, Runnable failed, Watchdog watchdog) {
        this.timers = timers;
        this.turn = turn;
        this.ended = ended;
        this.failed = failed;
        this.watchdog = watchdog;
    }

    /** Schedules a change of state, and a turn after it. */
    void mark(Runnable change) {
        changes.add(change);
        schedule();
    }

    private void schedule() {
        if (!stopped && scheduled.compareAndSet(false, true)) {
            timers.run(this::run);
        }
    }

    private void make() {
        for (Runnable change = changes.poll(); change != null; change = changes.poll()) {
            change.run();
        }
    }

    /** Discards pending changes and those handed in later; no turn runs any more. */
    void stop() {
        stopped = true;
        changes.clear();
    }

    boolean isStopped() {
        return stopped;
    }

    boolean hasChanges() {
        return !changes.isEmpty();
    }

    private void run() {
        scheduled.set(false);
        if (stopped || running) {
            return;
        }
        running = true;
        watchdog.begins();
        try {
            make();
            turn.run();
        } catch (LeadershipLost | ZkException e) {
            if (!stopped) {
                ended.accept(e);
            }
        } catch (RuntimeException | Error e) {
            failed.run();
            throw e;
        } finally {
            watchdog.ends();
            running = false;
        }
        if (hasChanges()) {
            schedule();
        }
    }
}
