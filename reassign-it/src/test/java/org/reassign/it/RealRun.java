package org.reassign.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.ReportedSettings;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.RunEnvironment;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioRunner;
import org.reassign.simulation.scenario.Step;
import org.reassign.zk.EmbeddedZooKeeper;

/** One scenario played in real time by the real controller, most often on an embedded ZooKeeper of its own that counts. */
final class RealRun implements RunEnvironment, AutoCloseable {
    private final Optional<EmbeddedZooKeeper> server;
    private final ZkSessions opened;
    private final MeteredSessions sessions;
    private final List<ThreadTimers> timers = new ArrayList<>();
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<SortedMap<Integer, SortedMap<TopicPartition, Long>>> rests = new ArrayList<>();
    private final Plugins plugins;
    private final BrokerGateway.LabGateway gateway;
    private final CrashBefore crash;
    private Consumer<Step> beforeStep = step -> {};
    private boolean sleeping;

    /** A run that has not begun. */
    RealRun(Plugins plugins) {
        this(plugins, CrashBefore.nothing());
    }

    /** One in which the first controller stops dead right before a commit. */
    RealRun(Plugins plugins, CrashBefore crash) {
        this(plugins, crash, EmbeddedZooKeeper.start(plugins.placements()));
    }

    private RealRun(Plugins plugins, CrashBefore crash, EmbeddedZooKeeper embedded) {
        this(plugins, crash, Optional.of(embedded), embedded.sessions());
    }

    private RealRun(Plugins plugins, CrashBefore crash, Optional<EmbeddedZooKeeper> server, ZkSessions opened) {
        this.plugins = plugins;
        this.crash = crash;
        this.server = server;
        this.opened = opened;
        sessions = new MeteredSessions(opened, plugins.placements());
        gateway = (BrokerGateway.LabGateway)
                plugins.gateway().plugin().open(new BrokerGateway.Context(sessions, timers("brokers")));
    }

    /** One on the ZooKeeper that these sessions are with, which stays. */
    static RealRun on(ZkSessions sessions, Plugins plugins) {
        return new RealRun(plugins, CrashBefore.nothing(), Optional.empty(), sessions);
    }

    /** Something happens whenever a step is about to be taken. */
    RealRun before(Consumer<Step> happens) {
        beforeStep = happens;
        return this;
    }

    SimulatedRun.Result play(Scenario scenario, WriteMode mode) {
        RunSetup stage = new RunSetup(
                plugins,
                gateway,
                listener -> new PlayedController(make(listener, mode)),
                (zk, channel, request) -> new Requester(zk, channel).submit(request),
                new Meter(),
                ReportedSettings.of("embedded", plugins, mode),
                false,
                new Transcript(),
                step -> begin(scenario, step.step()));
        RunReport report = new ScenarioRunner(scenario, this, stage).run();
        return new SimulatedRun.Result(
                report, disks(scenario), List.copyOf(rests), new TreeMap<>(), List.copyOf(steps));
    }

    /** What the server was asked by an actor, from when the controller led. */
    Cost serverCost(String actor) {
        return server.orElseThrow().serverCost(actor);
    }

    private Controller make(ControllerListener listener, WriteMode mode) {
        Controller controller = new Controller(
                crash.in(sessions), gateway, plugins, ControllerSettings.of(mode), timers("controller"), listener);
        crash.kills(controller);
        return controller;
    }

    private void begin(Scenario scenario, Step step) {
        if (sleeping) {
            rests.add(disks(scenario));
        }
        sleeping = step instanceof Step.Sleep;
        beforeStep.accept(step);
    }

    private SortedMap<Integer, SortedMap<TopicPartition, Long>> disks(Scenario scenario) {
        SortedMap<Integer, SortedMap<TopicPartition, Long>> disks = new TreeMap<>();
        Lab lab = gateway.lab();
        scenario.brokers().forEach(broker -> disks.put(broker.id(), new TreeMap<>(lab.disk(broker.id()))));
        return disks;
    }

    @Override
    public ZkSessions sessions() {
        return sessions;
    }

    @Override
    public Optional<BreakableSessions> connections() {
        return opened instanceof BreakableSessions breakable ? Optional.of(breakable) : Optional.empty();
    }

    @Override
    public Timers timers(String actor) {
        ThreadTimers made = new ThreadTimers();
        timers.add(made);
        return made;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(timeout)
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        gateway.close();
        timers.forEach(ThreadTimers::close);
        server.ifPresent(EmbeddedZooKeeper::close);
    }

    private final class Meter implements RunSetup.Meter {
        @Override
        public void reset() {
            sessions.reset();
            server.ifPresent(EmbeddedZooKeeper::resetServerCosts);
        }

        @Override
        public Cost cost(String actor) {
            return sessions.cost(actor);
        }
    }

    private final class Transcript implements ControllerListener {
        @Override
        public void step(TopicPartition partition, String label, String text) {
            steps.add(partition + " " + label + " " + text);
        }
    }

    private record PlayedController(Controller controller) implements RunSetup.ControllerHandle {
        @Override
        public void start() {
            controller.start();
        }

        @Override
        public void kill() {
            controller.kill();
        }

        @Override
        public void close() {
            controller.kill();
        }

        @Override
        public boolean leads() {
            return controller.leads();
        }

        @Override
        public boolean idle() {
            return controller.idle();
        }
    }
}
