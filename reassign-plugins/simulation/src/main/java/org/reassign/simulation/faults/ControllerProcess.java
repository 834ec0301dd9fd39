package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.simulation.Crash;
import org.reassign.simulation.StallableTimers;

/** A process that keeps a controller: it may end at any effect, stand still, or lose its connection. */
final class ControllerProcess {
    private final int number;
    private final SimulatedWorld world;
    private final StallableTimers timers;
    private OfficeSettings.Mode mode;
    private final List<FaultyPort> ports = new ArrayList<>();
    private Optional<ScheduledEvent.AtEffect> armed = Optional.empty();
    private int effectsLeft;
    private boolean cut;
    private boolean dead = true;
    private boolean buried = true;
    private int life;
    private String layout = "";
    private int sessions;
    private Controller controller;

    ControllerProcess(int number, SimulatedWorld world, OfficeSettings.Mode mode) {
        this.mode = mode;
        this.number = number;
        this.world = world;
        this.timers = new StallableTimers(world.time());
    }

    Timers timers() {
        return timers;
    }

    int number() {
        return number;
    }

    /** When its controller holds the office. */
    OfficeSettings.Mode mode() {
        return mode;
    }

    /** One that visits ends, and completes from its next start on what it has left to Kafka's controller. */
    void stays() {
        if (mode == OfficeSettings.Mode.VISITS) {
            mode = OfficeSettings.Mode.ALWAYS;
            dead = true;
            bury();
        }
    }

    /** Where its controller keeps records. */
    String layout() {
        return layout;
    }

    boolean dead() {
        return dead;
    }

    boolean cut() {
        return cut;
    }

    boolean leads() {
        return !dead && controller.leads();
    }

    boolean idle() {
        return !dead && controller.idle();
    }

    /** The process begins, anew if it has ended before. */
    void start() {
        if (dead) {
            dead = false;
            buried = false;
            life++;
            armed = Optional.empty();
            layout = world.nextLayout();
            controller = world.controller(this);
            controller.start();
        }
    }

    ZkPort open(String actor) {
        if (cut) {
            throw new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0);
        }
        FaultyPort port = new FaultyPort(this, world, actor + "-" + number + "." + ++sessions);
        ports.add(port);
        return port;
    }

    /** The effect that is so many effects away will be disturbed. */
    void arm(ScheduledEvent.AtEffect deed) {
        armed = Optional.of(deed);
        effectsLeft = deed.effects();
    }

    void disarm() {
        armed = Optional.empty();
    }

    /** Performs an effect, unless the process ends before. */
    <T> CompletionStage<T> effect(String what, boolean calls, Supplier<CompletionStage<T>> perform) {
        alive(what);
        Optional<ScheduledEvent.AtEffect> due = due();
        if (due.isPresent()) {
            world.happens(due.get(), "controller " + number + " at " + what);
        }
        if (due.filter(ScheduledEvent.ControllerStall.class::isInstance).isPresent()) {
            Duration stall = Duration.ofMillis(((ScheduledEvent.ControllerStall) due.get()).millis());
            timers.during(() -> world.time().pass(stall));
            alive(what);
        }
        if (due.isPresent() && due.get() instanceof ScheduledEvent.ControllerCrash crash && crash.before()) {
            throw end(what, crash.backAfterMillis());
        }
        CompletionStage<T> done = perform.get();
        if (due.isPresent() && due.get() instanceof ScheduledEvent.ControllerCrash crash) {
            throw end(what, crash.backAfterMillis());
        }
        if (due.isPresent() && due.get() instanceof ScheduledEvent.LostAnswer lost) {
            cut(lost.millis());
            return calls
                    ? CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, what, 0))
                    : done;
        }
        return done;
    }

    private void alive(String what) {
        if (dead) {
            throw new Crash(what + " by a controller that has ended");
        }
    }

    private Optional<ScheduledEvent.AtEffect> due() {
        if (armed.isEmpty() || effectsLeft-- > 0) {
            return Optional.empty();
        }
        Optional<ScheduledEvent.AtEffect> due = armed;
        armed = Optional.empty();
        return due;
    }

    private Crash end(String what, int backAfterMillis) {
        dead = true;
        world.time().after(Duration.ofMillis(backAfterMillis), this::start);
        return new Crash(what);
    }

    /** What a process that has ended leaves behind: sessions that expire. Called after each event. */
    void bury() {
        if (dead && !buried) {
            buried = true;
            controller.kill();
            ports.forEach(FaultyPort::abandon);
            ports.clear();
            cut = false;
        }
    }

    /** The connection breaks; sessions that wait longer than their timeout expire. */
    void cut(int millis) {
        if (cut || dead) {
            return;
        }
        cut = true;
        ports.forEach(FaultyPort::suspend);
        int thisLife = life;
        world.time().after(Duration.ofMillis(millis), () -> {
            if (life == thisLife && !dead) {
                heal();
            }
        });
    }

    private void heal() {
        cut = false;
        List.copyOf(ports).forEach(FaultyPort::resume);
    }

    /** The sessions expire while the process lives. */
    void expire() {
        ports.forEach(FaultyPort::expire);
    }

    /** Its server falls behind the others for a while. */
    void lag(int millis) {
        ports.forEach(port -> port.lag(millis));
    }

    /** The run is over. */
    void close() {
        if (controller != null) {
            dead = true;
            controller.kill();
        }
    }

    void closed(FaultyPort port) {
        ports.remove(port);
    }
}
