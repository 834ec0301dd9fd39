package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.BreakableSessions;

/** Where a scenario is played: a ZooKeeper and a time, real or virtual. */
public interface RunEnvironment {
    /** Sessions with the world's ZooKeeper, metered by actor. */
    ZkSessions sessions();

    /** A clock and a task queue of its own for one actor. */
    Timers timers(String actor);

    /**
     * Lets the world go on until the condition holds. In real time it looks every few milliseconds; in virtual time it
     * runs the next event and looks again.
     *
     * @return whether the condition held before the timeout
     */
    boolean await(BooleanSupplier condition, Duration timeout);

    /** What breaks the connections of its sessions; empty where they cannot be broken. */
    default Optional<BreakableSessions> connections() {
        return Optional.empty();
    }
}
