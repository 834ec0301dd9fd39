package org.reassign.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.client.Requester;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.run.Controller;
import org.reassign.core.run.ControllerListener;
import org.reassign.core.run.ControllerSettings;
import org.reassign.core.run.Named;
import org.reassign.core.run.Plugins;
import org.reassign.core.store.WriteMode;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioRunner;
import org.reassign.core.scenario.Stage;
import org.reassign.core.scenario.Stage.PlayedController;
import org.reassign.core.scenario.World;

/**
 * One scenario played under virtual time by the real controller, on a ZooKeeper in memory, with the invariants checked
 * after every event. Where a crash point is reached the controller ends and, a little later, another one starts.
 */
public final class SimulatedRun implements World {
    private static final Duration UNTIL_ANOTHER_STARTS = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime(this::check);
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final MeteredSessions sessions = new MeteredSessions(zooKeeper);
    private final Plugins plugins;
    private final CrashPoint crash;
    private final Gateway gateway;
    private final Invariants invariants;
    private final List<String> steps = new ArrayList<>();
    private Seat seat;

    /** A run that has not begun. */
    public SimulatedRun(Plugins plugins, CrashPoint crash) {
        this.plugins = plugins;
        this.crash = crash;
        this.gateway = plugins.gateway().plugin().open(new BrokerGateway.Context(sessions, time));
        this.invariants = new Invariants(zooKeeper.open("invariants"));
    }

    /**
     * What came of a run.
     *
     * @param report the report
     * @param disks broker to what it has on disk
     * @param steps the steps taken, in order, for people
     */
    public record Result(
            RunReport report, SortedMap<Integer, SortedMap<TopicPartition, Long>> disks, List<String> steps) {}

    /** Plays the scenario. */
    public Result play(Scenario scenario, WriteMode mode) {
        RunReport.Settings settings = new RunReport.Settings(
                "memory",
                plugins.layout().name(),
                plugins.watcher().name(),
                plugins.dropPolicy().name(),
                plugins.conflictPolicy().name(),
                plugins.channels().stream().map(Named::name).toList(),
                plugins.gateway().name(),
                mode.name());
        Stage stage = new Stage(
                plugins,
                gateway,
                listener -> new Seat(listener, mode),
                (zk, channel, request) -> new Requester(zk, channel).submit(request),
                new Meter(),
                settings,
                false,
                new Transcript(),
                step -> {});
        RunReport report = new ScenarioRunner(scenario, this, stage).run();
        SortedMap<Integer, SortedMap<TopicPartition, Long>> disks = new TreeMap<>();
        Lab lab = gateway.lab().orElseThrow();
        scenario.brokers().forEach(broker -> disks.put(broker.id(), new TreeMap<>(lab.disk(broker.id()))));
        return new Result(report, disks, List.copyOf(steps));
    }

    @Override
    public ZkSessions sessions() {
        return sessions;
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
        invariants.check();
        if (crash.dead() && !seat.waitsForAnother) {
            seat.crashed();
        }
    }

    private final class Meter implements Stage.Meter {
        @Override
        public void reset() {
            sessions.reset();
            crash.arm();
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
    private final class Seat implements PlayedController {
        private final ControllerListener listener;
        private final WriteMode mode;
        private Controller controller;
        private boolean stopped;
        private boolean waitsForAnother;

        Seat(ControllerListener listener, WriteMode mode) {
            this.listener = listener;
            this.mode = mode;
            seat = this;
            controller = make();
        }

        private Controller make() {
            ZkSessions own = actor -> new CrashingPort(sessions.open(actor), crash);
            return new Controller(
                    own, new CrashingGateway(gateway, crash), plugins, ControllerSettings.of(mode), time, listener);
        }

        void crashed() {
            waitsForAnother = true;
            controller.kill();
            time.after(UNTIL_ANOTHER_STARTS, () -> {
                waitsForAnother = false;
                crash.anotherStarts();
                if (!stopped) {
                    controller = make();
                    controller.start();
                }
            });
        }

        @Override
        public void start() {
            controller.start();
        }

        @Override
        public void kill() {
            stopped = true;
            controller.kill();
        }

        @Override
        public void close() {
            kill();
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
