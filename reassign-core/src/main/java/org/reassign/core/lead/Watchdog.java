package org.reassign.core.lead;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.reassign.api.spi.Timers;

/**
 * Notices a turn that hangs, from another thread: one in which nothing was asked of ZooKeeper and that has not ended for
 * a limit, because a plugin does not return. Without timers of its own it watches nothing, as in virtual time.
 */
final class Watchdog {
    private static final List<String> PASSED_OVER = List.of("java.", "jdk.", "sun.", "org.reassign.core.");

    private final Duration limit;
    private final Consumer<String> hangs;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Optional<Timers> timers = Optional.empty();
    private volatile Optional<Thread> turning = Optional.empty();
    private volatile long aliveAt;

    /** Watches nothing yet; {@code hangs} is called once for each turn that hangs, with a sentence that says where. */
    Watchdog(Duration limit, Consumer<String> hangs) {
        this.limit = limit;
        this.hangs = hangs;
    }

    /** Watches from the thread of these timers, which is not that of the turns. */
    void watch(Timers others) {
        timers = Optional.of(others);
    }

    /** A turn begins on this thread. */
    void begins() {
        timers.ifPresent(own -> aliveAt = own.elapsedMillis());
        turning = Optional.of(Thread.currentThread());
        timers.filter(own -> scheduled.compareAndSet(false, true)).ifPresent(own -> own.after(limit, this::look));
    }

    /** The turn goes on, if this is its thread; watchers read on others. */
    void alive() {
        if (timers.isPresent() && turning.filter(Thread.currentThread()::equals).isPresent()) {
            aliveAt = timers.get().elapsedMillis();
        }
    }

    /** The turn is over. */
    void ends() {
        turning = Optional.empty();
    }

    private void look() {
        Optional<Thread> thread = turning;
        if (thread.isEmpty()) {
            scheduled.set(false); // the next turn schedules it again, unless it has just begun
            turning.filter(began -> scheduled.compareAndSet(false, true))
                    .ifPresent(began -> timers.orElseThrow().after(limit, this::look));
            return;
        }
        long left = limit.toMillis() - (timers.orElseThrow().elapsedMillis() - aliveAt);
        if (left > 0) {
            timers.orElseThrow().after(Duration.ofMillis(left), this::look);
            return;
        }
        scheduled.set(false);
        hangs.accept(
                "a turn of the controller has not ended for " + limit.toSeconds() + " s, in " + where(thread.get()));
    }

    /** The innermost call that is neither Java's nor, if there is another, the core's. */
    private static String where(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack)
                .filter(call -> PASSED_OVER.stream().noneMatch(call.getClassName()::startsWith))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(StackTraceElement::toString)
                .orElse("a thread that has ended");
    }
}
