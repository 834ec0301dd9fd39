package org.reassign.core.lead;

import java.util.Queue;
import java.util.Set;
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
    /** What a retry would meet again. */
    private static final Set<ZkException.Code> PERMANENT =
            Set.of(ZkException.Code.NO_AUTH, ZkException.Code.UNSUPPORTED);

    private final Timers timers;
    private final Runnable turn;
    private final Consumer<String> lost;
    private final Runnable failed;
    private final Queue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean stopped;
    private boolean running;

    /**
     * A loop that has not run.
     *
     * @param turn runs after the changes
     * @param lost called when a change or a turn finds ZooKeeper or leadership lost
     * @param failed called when one throws anything else, which is then rethrown to the owner of the timers
     */
    Loop(Timers timers, Runnable turn, Consumer<String> lost, Runnable failed) {
        this.timers = timers;
        this.turn = turn;
        this.lost = lost;
        this.failed = failed;
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
        try {
            make();
            turn.run();
        } catch (LeadershipLost | ZkException e) {
            if (!stopped) {
                end(e);
            }
        } catch (RuntimeException | Error e) {
            failed.run();
            throw e;
        } finally {
            running = false;
        }
        if (hasChanges()) {
            schedule();
        }
    }

    private void end(RuntimeException e) {
        if (e instanceof ZkException refused && PERMANENT.contains(refused.code())) {
            failed.run();
            throw e;
        }
        lost.accept(e.getMessage());
    }
}
