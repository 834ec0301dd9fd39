package org.reassign.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reassign.api.spi.Timers;

/**
 * Counts the effects of one controller's process, each ZooKeeper operation and each broker request, and disturbs one of
 * them, once. Used by one thread.
 */
public final class Disturbance {
    /** What is done to the chosen effect. */
    public enum Kind {
        /** Nothing; only counts. */
        NONE,
        /** The process ends before it. */
        CRASH_BEFORE,
        /** The process ends right after it. */
        CRASH_AFTER,
        /** The process stands still before it, in the middle of its turn, while everybody else goes on. */
        STALL_BEFORE,
        /** The session expires before it while the process stands still, and a rival takes over at once. */
        EXPIRE_BEFORE,
        /** {@code /controller} is deleted before it by a foreign hand, and a rival takes over at once. */
        DEPOSE_BEFORE,
        /** The connection breaks before it: the call fails and has no effect. */
        LOSE_BEFORE,
        /** The connection breaks after it: it is done, and its answer lost. */
        LOSE_AFTER,
        /** The connection breaks after it was answered, and is soon back. */
        CUT_AFTER,
        /** Others write the znodes of all topics and their configurations before it. */
        MEDDLE_BEFORE,
        /** Of broker requests only: the broker obeys, and its answer comes late. */
        ANSWER_LATE,
        /** Of broker requests only: the broker obeys and starts anew, and the answer of the one before comes late. */
        RESTART_AND_ANSWER_LATE;

        boolean ofRequestsOnly() {
            return this == ANSWER_LATE || this == RESTART_AND_ANSWER_LATE;
        }

        boolean hasRival() {
            return this == EXPIRE_BEFORE || this == DEPOSE_BEFORE;
        }
    }

    /** An effect: what it is, for people, the broker that it is a request to, and how it fails where it is lost. */
    record Effect(String what, OptionalInt broker, Supplier<? extends Throwable> loss) {}

    private final Kind kind;
    private final int effect;
    private final Duration time;
    private Optional<FaultContext> surroundings = Optional.empty();
    private final List<Integer> firstOfEvents = new ArrayList<>();
    private long lastEvent = -1;
    private Optional<StallableTimers> process = Optional.empty();
    private boolean dead;
    private int seen;
    private int requests;
    private Optional<String> disturbed = Optional.empty();

    private Disturbance(Kind kind, int effect, Duration time) {
        this.kind = kind;
        this.effect = effect;
        this.time = time;
    }

    /** None; only counts. */
    public static Disturbance never() {
        return new Disturbance(Kind.NONE, -1, Duration.ZERO);
    }

    /** Of effect number {@code effect}, counted from 0 since the scenario's steps began; among the kind's own. */
    public static Disturbance of(Kind kind, int effect) {
        return new Disturbance(kind, effect, Duration.ZERO);
    }

    /** The same; {@code time} is how long the process stands still, the connection is gone, or the answer takes. */
    public static Disturbance of(Kind kind, int effect, Duration time) {
        return new Disturbance(kind, effect, time);
    }

    /** From now on effects count. */
    void arm(FaultContext with) {
        surroundings = Optional.of(with);
    }

    boolean hasRival() {
        return kind.hasRival();
    }

    /** How many effects there were since. */
    public int seen() {
        return seen;
    }

    /** How many of them were requests to brokers. */
    public int requests() {
        return requests;
    }

    /** The effects that were the first of their event: before any other, nothing happens that does not happen after. */
    public List<Integer> firstOfEvents() {
        return List.copyOf(firstOfEvents);
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

    /** The timers of the process, which may stand still. */
    Timers timersOf(Timers timers) {
        if (process.isEmpty()) {
            process = Optional.of(new StallableTimers(timers));
        }
        return process.get();
    }

    <T> CompletionStage<T> effect(Effect what, Supplier<CompletionStage<T>> perform) {
        if (dead) {
            throw new Crash(what.what() + " by a controller that has ended");
        }
        if (surroundings.isEmpty()) {
            return perform.get();
        }
        boolean chosen = disturbed.isEmpty() && isNext(what);
        count(what, surroundings.get());
        if (!chosen) {
            return perform.get();
        }
        disturbed = Optional.of(kind + " " + what.what());
        before(what, surroundings.get());
        boolean undone = kind == Kind.LOSE_BEFORE && what.broker().isPresent();
        CompletionStage<T> done = undone ? lost(what) : perform.get();
        return after(what, done, surroundings.get());
    }

    private boolean isNext(Effect what) {
        return kind.ofRequestsOnly() ? what.broker().isPresent() && requests == effect : seen == effect;
    }

    private void count(Effect what, FaultContext around) {
        if (around.event() != lastEvent) {
            lastEvent = around.event();
            firstOfEvents.add(seen);
        }
        seen++;
        requests += what.broker().isPresent() ? 1 : 0;
    }

    private void before(Effect what, FaultContext around) {
        switch (kind) {
            case CRASH_BEFORE -> throw end(what);
            case STALL_BEFORE -> standStill(around);
            case EXPIRE_BEFORE -> {
                around.expire();
                standStill(around);
            }
            case DEPOSE_BEFORE -> {
                around.depose();
                standStill(around);
            }
            case LOSE_BEFORE -> {
                if (what.broker().isEmpty()) {
                    around.disconnect(time);
                }
            }
            case MEDDLE_BEFORE -> around.meddle();
            case NONE, CRASH_AFTER, LOSE_AFTER, CUT_AFTER, ANSWER_LATE, RESTART_AND_ANSWER_LATE -> {}
        }
    }

    private <T> CompletionStage<T> after(Effect what, CompletionStage<T> done, FaultContext around) {
        return switch (kind) {
            case CRASH_AFTER -> throw end(what);
            case LOSE_AFTER -> {
                if (what.broker().isEmpty()) {
                    around.disconnect(time);
                }
                yield lost(what);
            }
            case CUT_AFTER -> {
                around.disconnect(time);
                yield done;
            }
            case ANSWER_LATE -> around.late(done, time);
            case RESTART_AND_ANSWER_LATE -> {
                around.restartOnceDone(what.broker().orElseThrow(), done);
                yield around.late(done, time);
            }
            case NONE, CRASH_BEFORE, STALL_BEFORE, EXPIRE_BEFORE, DEPOSE_BEFORE, LOSE_BEFORE, MEDDLE_BEFORE -> done;
        };
    }

    private void standStill(FaultContext around) {
        process.orElseThrow().during(() -> around.pass(time));
    }

    private static <T> CompletionStage<T> lost(Effect what) {
        return CompletableFuture.failedFuture(what.loss().get());
    }

    private Crash end(Effect what) {
        dead = true;
        return new Crash(what.what());
    }
}
