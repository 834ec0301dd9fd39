package org.reassign.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.core.memory.MemoryConnections;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.RunEnvironment;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioRunner;
import org.reassign.simulation.scenario.Step;

/**
 * One scenario played under virtual time by the real controller, on a ZooKeeper in memory, with the invariants checked
 * at every commit and every request to a broker. Where the disturbance ends the controller, another one starts a little
 * later, and leads once the session of the one before has expired.
 */
public final class SimulatedRun implements RunEnvironment {
    private static final Duration UNTIL_ANOTHER_STARTS = Duration.ofMillis(100);
    /** Longer, so that the one that starts must wait for leadership. */
    private static final Duration SESSION_TIMEOUT = Duration.ofMillis(300);

    private final VirtualTime time = new VirtualTime(this::check);
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final MemoryConnections connections = new MemoryConnections(zooKeeper);
    private final MeteredSessions sessions;
    private final Plugins plugins;
    private final Plugins successors;
    private final Disturbance disturbance;
    private final LabGateway gateway;
    private final StoredState stored;
    private final Invariants invariants;
    private final List<String> steps = new ArrayList<>();
    private final List<SortedMap<Integer, SortedMap<TopicPartition, Long>>> rests = new ArrayList<>();
    private Seat seat;
    private ZkPort newestSession;
    private boolean sleeping;
    private int submissions;
    private UnaryOperator<ControllerSettings> settings = UnaryOperator.identity();

    /** A run that has not begun; controllers that follow one that has ended run the same plugins. */
    public SimulatedRun(Plugins plugins, Disturbance disturbance) {
        this(plugins, plugins, disturbance);
    }

    /**
     * A run that has not begun.
     *
     * @param successors the plugins of controllers that follow one that has ended; brokers and channels stay
     */
    public SimulatedRun(Plugins plugins, Plugins successors, Disturbance disturbance) {
        this.plugins = plugins;
        this.successors = successors;
        this.disturbance = disturbance;
        List<StorageLayout> layouts = new ArrayList<>();
        layouts.add(successors.layout().plugin());
        if (!successors.layout().name().equals(plugins.layout().name())) {
            successors.otherLayouts().forEach(other -> layouts.add(other.plugin()));
        }
        this.stored = new StoredState(zooKeeper.open("invariants"), layouts);
        AtomicReference<Lab> lab = new AtomicReference<>();
        this.invariants = new Invariants(stored, lab::get);
        this.sessions = new MeteredSessions(
                new ObservedSessions(this::open, invariants, new AnswerRules(stored)),
                layouts.stream().map(StorageLayout::placement).toList());
        this.gateway = (LabGateway) plugins.gateway().plugin().open(new BrokerGateway.Context(sessions, time));
        lab.set(gateway.lab());
    }

    private ZkPort open(String actor) {
        ZkPort session = connections.open(actor);
        newestSession = session;
        return session;
    }

    /** The same run with other settings of its controllers. */
    public SimulatedRun with(UnaryOperator<ControllerSettings> others) {
        settings = others;
        return this;
    }

    /**
     * What came of a run.
     *
     * @param report the report
     * @param disks broker to what it has on disk at the end
     * @param rests what brokers had on disk whenever a sleep of the scenario was over, in order
     * @param refusals what was refused, request to the content of its znode
     * @param steps the steps taken, in order, for people
     */
    public record Result(
            RunReport report,
            SortedMap<Integer, SortedMap<TopicPartition, Long>> disks,
            List<SortedMap<Integer, SortedMap<TopicPartition, Long>>> rests,
            SortedMap<String, String> refusals,
            List<String> steps) {}

    /** Plays the scenario. */
    public Result play(Scenario scenario, WriteMode mode) {
        RunSetup stage = new RunSetup(
                plugins,
                gateway,
                listener -> new Seat(listener, mode),
                (zk, channel, request) -> new Requester(zk, channel, () -> new UUID(0, ++submissions)).submit(request),
                new Meter(),
                ReportedSettings.of("memory", plugins, mode),
                false,
                new Transcript(),
                step -> begin(scenario, step.step()));
        RunReport report = new ScenarioRunner(scenario, this, stage).run();
        if (report.outcome() == RunReport.Outcome.SETTLED) {
            invariants.settled((broker, topic) -> false);
        }
        return new Result(report, disks(scenario), List.copyOf(rests), stored.refusals(), List.copyOf(steps));
    }

    private void begin(Scenario scenario, Step step) {
        if (sleeping) {
            rests.add(disks(scenario));
        }
        sleeping = step instanceof Step.Sleep;
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
        return Optional.of(connections);
    }

    @Override
    public Timers timers(String actor) {
        return time;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
        return time.await(condition, timeout);
    }

    private void check() {
        invariants.stillHold();
        if (disturbance.dead() && !seat.waitsForAnother) {
            seat.crashed();
        }
    }

    private final class Meter implements RunSetup.Meter {
        @Override
        public void reset() {
            sessions.reset();
            disturbance.arm(
                    new FaultContext(time, zooKeeper, () -> seat.session, sessions.open("foreigner"), gateway::lab));
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

    /** Where one controller sits after the other. */
    private final class Seat implements RunSetup.ControllerHandle {
        private final ControllerListener listener;
        private final WriteMode mode;
        private final Optional<Controller> rival;
        private Controller controller;
        private ZkPort session;
        private boolean stopped;
        private boolean waitsForAnother;

        Seat(ControllerListener listener, WriteMode mode) {
            this.listener = listener;
            this.mode = mode;
            seat = this;
            controller = make(plugins);
            rival = disturbance.hasRival()
                    ? Optional.of(make(plugins, sessions, Disturbance.never()))
                    : Optional.empty();
        }

        private Controller make(Plugins with) {
            invariants.starts(with.layout().name());
            return make(with, this::open, disturbance);
        }

        private ZkPort open(String actor) {
            ZkPort opened = sessions.open(actor);
            session = newestSession;
            return new DisturbedPort(opened, disturbance);
        }

        private Controller make(Plugins with, ZkSessions from, Disturbance disturbs) {
            return new Controller(
                    from,
                    new DisturbedGateway(gateway, disturbs, invariants),
                    with,
                    settings.apply(ControllerSettings.of(mode)),
                    disturbs.timersOf(time),
                    listener);
        }

        void crashed() {
            waitsForAnother = true;
            controller.kill();
            ZkPort orphan = session;
            time.after(SESSION_TIMEOUT, () -> zooKeeper.expire(orphan));
            time.after(UNTIL_ANOTHER_STARTS, () -> {
                waitsForAnother = false;
                disturbance.anotherStarts();
                if (!stopped) {
                    controller = make(successors);
                    controller.start();
                }
            });
        }

        @Override
        public void start() {
            controller.start();
            rival.ifPresent(Controller::start);
        }

        @Override
        public void kill() {
            stopped = true;
            controller.kill();
            rival.ifPresent(Controller::kill);
        }

        @Override
        public void close() {
            kill();
        }

        @Override
        public boolean leads() {
            return controller.leads() || rival.filter(Controller::leads).isPresent();
        }

        @Override
        public boolean idle() {
            return controller.idle() || rival.filter(Controller::idle).isPresent();
        }
    }
}
