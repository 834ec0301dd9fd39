package org.reassign.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.simulation.scenario.RunEnvironment;

/** The world in real time: each actor has a thread of its own. A task that throws ends the next wait. */
final class RealTimeEnvironment implements RunEnvironment, AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 2;

    private final ZkSessions raw;
    private final MeteredSessions sessions;
    private final List<RealTimers> timers = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    RealTimeEnvironment(ZkSessions sessions, List<Placement> placements) {
        this.raw = sessions;
        this.sessions = new MeteredSessions(sessions, placements);
    }

    @Override
    public ZkSessions sessions() {
        return sessions;
    }

    @Override
    public Optional<BreakableSessions> connections() {
        return raw instanceof BreakableSessions breakable ? Optional.of(breakable) : Optional.empty();
    }

    MeteredSessions meter() {
        return sessions;
    }

    @Override
    public Timers timers(String actor) {
        RealTimers made = new RealTimers(actor, thrown -> failure.compareAndSet(null, thrown));
        timers.add(made);
        return made;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (failure.get() != null) {
                throw failure.get() instanceof RuntimeException thrown
                        ? thrown
                        : new IllegalStateException("a task failed with " + failure.get(), failure.get());
            }
            if (System.nanoTime() - deadline >= 0) {
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

    /** Lets the tasks that are due run to their end, and drops those that are to come. */
    @Override
    public void close() {
        timers.forEach(RealTimers::close);
    }
}
