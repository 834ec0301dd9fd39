package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.lead.Plugins;

/** A controller of ours beside real brokers, with what it has said. */
final class OurController implements ControllerListener, AutoCloseable {
    private final ThreadTimers timers = new ThreadTimers();
    private final Controller controller;
    private final RealCluster brokers;
    private final String name;
    private final Plugins plugins;
    private final AtomicInteger steps = new AtomicInteger();
    private final ControllerLog log;
    private volatile Optional<Moment> awaited = Optional.empty();
    private volatile Optional<ZkPort> session = Optional.empty();

    private record Moment(int step, CompletableFuture<Void> reached) {}

    /**
     * Starts it, and returns when it leads or stands by.
     *
     * @param log is told what it does
     */
    OurController(RealCluster brokers, Choice choice, OfficeSettings office, ControllerLog log) {
        this.brokers = brokers;
        this.name = choice + ", " + office.mode();
        this.plugins = choice.plugins(brokers.gateway);
        this.log = log;
        this.controller = new Controller(
                this::open,
                brokers.open,
                plugins,
                ControllerSettings.of(choice.mode()).with(office),
                timers,
                this);
        controller.start();
        awaitReady();
    }

    private ZkPort open(String actor) {
        ZkPort port = brokers.sessions.open(actor);
        session = Optional.of(port);
        return port;
    }

    /** The session that it has opened last. */
    Optional<ZkPort> session() {
        return session;
    }

    /** One without a log that takes the office while it is busy. */
    OurController(RealCluster brokers, String layout, String watcher) {
        this(
                brokers,
                Choice.DEFAULT.in(layout, Choice.DEFAULT.mode()).watchedBy(watcher),
                OfficeSettings.DEFAULT,
                new ControllerLog());
    }

    /** Waits until it leads or stands by. */
    void awaitReady() {
        RealBrokers.eventually("a controller that leads or stands by", () -> {
            if (!controller.leads() && !controller.awaitsCause()) {
                throw new AssertionError("it does neither: " + log);
            }
        });
    }

    /** Completes at the so-many-th step from now, or when there are no more. */
    CompletableFuture<Void> step(int fromNow) {
        Moment moment = new Moment(steps.get() + fromNow, new CompletableFuture<>());
        awaited = Optional.of(moment);
        return moment.reached;
    }

    /** Asks for targets; an empty one cancels. Completes when the request is written. */
    CompletableFuture<Void> submit(ZkPort requester, Map<TopicPartition, Optional<Replicas>> targets) {
        return new Requester(requester, plugins.channels().get(0).plugin())
                .submit(new ReassignmentRequest(new TreeMap<>(targets), Optional.of("it"), Optional.empty()))
                .<Void>thenApply(written -> null)
                .toCompletableFuture();
    }

    boolean idle() {
        return controller.idle();
    }

    /** Waits until nothing is in flight: where a move only adds replicas, AR is its target long before it ends. */
    void awaitIdle() {
        RealBrokers.eventually(
                "nothing in flight at " + name, () -> assertThat(idle()).isTrue());
    }

    /** Ends it without handing the office back; its session is gone at once. */
    void kill() {
        controller.kill();
        timers.close();
    }

    /** Ends it in order, with whatever is in flight. */
    void stop() {
        RealBrokers.join(controller.stop());
        timers.close();
    }

    @Override
    public void step(TopicPartition partition, String label, String text) {
        log.say(partition + " " + label + " " + text);
        int now = steps.incrementAndGet();
        awaited.filter(moment -> now >= moment.step).ifPresent(moment -> moment.reached.complete(null));
    }

    @Override
    public void answered(Answer answer) {
        log.answered(answer);
    }

    @Override
    public void office(String sentence) {
        log.say("office: " + sentence);
    }

    @Override
    public void stopped(String why) {
        log.say("stopped: " + why);
    }

    @Override
    public void interrupted(String why) {
        log.say("interrupted: " + why);
    }

    @Override
    public void warning(String sentence) {
        log.say("warning: " + sentence);
    }

    @Override
    public void leads(int controllerEpoch) {
        log.say("leads at epoch " + controllerEpoch);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        kill();
    }
}
