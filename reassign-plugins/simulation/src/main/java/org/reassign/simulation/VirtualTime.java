package org.reassign.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.reassign.api.spi.Timers;

/**
 * One queue of events for all actors, and a clock that jumps from one to the next. Events at the same time run in the
 * order in which they were given, so a run repeats exactly. One thread.
 */
public final class VirtualTime implements Timers {
    private static final long BEGIN_MILLIS = 1_500_000_000_000L;
    /** A run of more events is one that never comes to rest. */
    private static final int LIMIT = 3_000_000;

    private record Event(long atMillis, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private final Runnable afterEach;
    private long nowMillis = BEGIN_MILLIS;
    private long next;
    private int performed;

    /** A clock that has not moved; {@code afterEach} runs after every event. */
    public VirtualTime(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long elapsedMillis() {
        return nowMillis - BEGIN_MILLIS;
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        events.add(new Event(nowMillis + Math.max(0, delay.toMillis()), next++, task));
    }

    /** How many events have begun. */
    long event() {
        return performed;
    }

    /** Runs events until the condition holds, the time is over, or nothing is left to happen. */
    public boolean await(BooleanSupplier condition, Duration timeout) {
        long end = nowMillis + timeout.toMillis();
        while (!condition.getAsBoolean()) {
            if (!next(end)) {
                return false;
            }
        }
        return true;
    }

    /** Lets time pass in the middle of an event: what is due meanwhile happens, as it does to a process that stalls. */
    public void pass(Duration time) {
        long end = nowMillis + time.toMillis();
        while (next(end)) {
            // until nothing more is due
        }
        nowMillis = end;
    }

    /** How many events there were so far. */
    public int performed() {
        return performed;
    }

    /** Runs the next event, if one is due by then. */
    private boolean next(long end) {
        Event event = events.peek();
        if (event == null || event.atMillis() > end) {
            return false;
        }
        if (++performed > LIMIT) {
            throw new IllegalStateException("this run has not come to rest after " + LIMIT + " events");
        }
        events.remove();
        nowMillis = Math.max(nowMillis, event.atMillis());
        perform(event.task());
        afterEach.run();
        return true;
    }

    /** A crash unwinds the event that it happens in; what it leaves behind is seen to after the event. */
    private static void perform(Runnable task) {
        try {
            task.run();
        } catch (Crash crash) {
            return;
        }
    }
}
