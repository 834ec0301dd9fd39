package org.reassign.simulation;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts the controller's effects, each ZooKeeper operation and each broker request, and ends the controller before or
 * after one of them, once.
 */
public final class CrashPoint {
    private final int effect;
    private final boolean after;
    private boolean armed;
    private boolean dead;
    private int seen;
    private Optional<String> crashed = Optional.empty();

    private CrashPoint(int effect, boolean after) {
        this.effect = effect;
        this.after = after;
    }

    /** No crash; only counts. */
    public static CrashPoint never() {
        return new CrashPoint(-1, false);
    }

    /** A crash before effect number {@code effect}, counted from 0 since the scenario's steps began. */
    public static CrashPoint before(int effect) {
        return new CrashPoint(effect, false);
    }

    /** A crash right after it. */
    public static CrashPoint after(int effect) {
        return new CrashPoint(effect, true);
    }

    /** From now on effects count. */
    public void arm() {
        armed = true;
    }

    /** How many effects there were since. */
    public int seen() {
        return seen;
    }

    /** Where the controller ended, if it did. */
    public Optional<String> crashed() {
        return crashed;
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
        if (!armed) {
            return perform.get();
        }
        int number = seen++;
        if (number == effect && !after) {
            throw crash("before " + what);
        }
        T done = perform.get();
        if (number == effect) {
            throw crash("after " + what);
        }
        return done;
    }

    private Crash crash(String where) {
        crashed = Optional.of(where);
        dead = true;
        return new Crash(where);
    }
}
