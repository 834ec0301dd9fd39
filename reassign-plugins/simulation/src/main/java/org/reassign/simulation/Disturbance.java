package org.reassign.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Counts the controller's effects, each ZooKeeper operation and each broker request, and disturbs one of them, once: the
 * controller ends before or after it, or is held up before it while everybody else goes on.
 */
public final class Disturbance {
    private enum Kind {
        NONE,
        CRASH_BEFORE,
        CRASH_AFTER,
        STALL_BEFORE
    }

    private final Kind kind;
    private final int effect;
    private final Duration stall;
    private Consumer<Duration> pass = time -> {};
    private boolean armed;
    private boolean dead;
    private int seen;
    private Optional<String> disturbed = Optional.empty();

    private Disturbance(Kind kind, int effect, Duration stall) {
        this.kind = kind;
        this.effect = effect;
        this.stall = stall;
    }

    /** None; only counts. */
    public static Disturbance never() {
        return new Disturbance(Kind.NONE, -1, Duration.ZERO);
    }

    /** A crash before effect number {@code effect}, counted from 0 since the scenario's steps began. */
    public static Disturbance crashBefore(int effect) {
        return new Disturbance(Kind.CRASH_BEFORE, effect, Duration.ZERO);
    }

    /** A crash right after it. */
    public static Disturbance crashAfter(int effect) {
        return new Disturbance(Kind.CRASH_AFTER, effect, Duration.ZERO);
    }

    /** The controller stands still for so long before it, in the middle of its turn. */
    public static Disturbance stallBefore(int effect, Duration time) {
        return new Disturbance(Kind.STALL_BEFORE, effect, time);
    }

    /** From now on effects count; {@code pass} lets time pass for everybody else. */
    void arm(Consumer<Duration> pass) {
        this.pass = pass;
        armed = true;
    }

    /** How many effects there were since. */
    public int seen() {
        return seen;
    }

    /** Where the controller was disturbed, if it was. */
    public Optional<String> disturbed() {
        return disturbed;
    }

    /** Whether the controller has ended and no other was started: all its effects fail until then. */
    boolean dead() {
        return dead;
    }

    void anotherStarts() {
        dead = false;
    }

    <T> T effect(String what, Supplier<T> perform) {
        if (dead) {
            throw new Crash(what + " by a controller that has ended");
        }
        boolean chosen = armed && seen == effect && disturbed.isEmpty();
        seen += armed ? 1 : 0;
        if (!chosen) {
            return perform.get();
        }
        disturbed = Optional.of(kind + " " + what);
        if (kind == Kind.CRASH_BEFORE) {
            throw end(what);
        }
        if (kind == Kind.STALL_BEFORE) {
            pass.accept(stall);
        }
        T done = perform.get();
        if (kind == Kind.CRASH_AFTER) {
            throw end(what);
        }
        return done;
    }

    private Crash end(String what) {
        dead = true;
        return new Crash(what);
    }
}
