package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.reassign.api.spi.Timers;

/** Time that passes only when the test says so. Begins at 0; tasks run on the test's thread. */
final class TestTime implements Timers {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::number));
    private long nowMillis;
    private long given;

    private record Task(long atMillis, long number, Runnable work) {}

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long elapsedMillis() {
        return nowMillis;
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(nowMillis + delay.toMillis(), given++, task));
    }

    /** Runs what is due now, without time passing. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** Runs all that is due until then. */
    void pass(Duration time) {
        long end = nowMillis + time.toMillis();
        while (!tasks.isEmpty() && tasks.peek().atMillis() <= end) {
            Task next = tasks.remove();
            nowMillis = next.atMillis();
            next.work().run();
        }
        nowMillis = end;
    }
}
