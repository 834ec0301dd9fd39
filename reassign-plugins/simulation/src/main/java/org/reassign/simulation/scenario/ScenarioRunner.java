package org.reassign.simulation.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.lead.NamedPlugin;
import org.reassign.simulation.scenario.Scenario.StepAt;

/**
 * Plays a scenario on a world: starts the brokers, makes the topics, starts a controller, and when it leads plays the
 * steps. Blocks only through {@link RunEnvironment#await}, so that time may be virtual.
 */
public final class ScenarioRunner {
    private final Scenario scenario;
    private final RunSetup stage;
    private final RunEnvironment world;
    private final Waiting waiting;
    private final RunRecorder recorder = new RunRecorder();

    /** A runner for one run. */
    public ScenarioRunner(Scenario scenario, RunEnvironment world, RunSetup stage) {
        this.scenario = scenario;
        this.stage = stage;
        this.world = world;
        this.waiting = new Waiting(world);
    }

    /**
     * Plays the scenario to its end. A step that fails, or something waited for that does not come, ends it and is told
     * in the report.
     *
     * @throws ScenarioException where the scenario does not fit what it is played with; nothing has been done then
     * @throws org.reassign.api.zk.ZkException where ZooKeeper is out of reach
     */
    public RunReport run() {
        scenario.steps().forEach(this::refuseWhatCannotBe);
        try (ZkPort observer = world.sessions().open("observer");
                ZkPort requester = world.sessions().open("requester")) {
            ObservedCluster cluster = new ObservedCluster(observer, layouts());
            setUp(cluster);
            try (ControllerSlot players = new ControllerSlot(stage, recorder, waiting)) {
                return play(cluster, players, requester);
            }
        }
    }

    private RunReport play(ObservedCluster cluster, ControllerSlot players, ZkPort requester) {
        StepRunner player = new StepRunner(scenario, stage, cluster, players, requester, recorder, waiting);
        Optional<StepFailedException> unmet = attempt(players::start);
        stage.meter().reset();
        recorder.reset();
        long copiedBefore = bytesCopied();
        long begin = waiting.nowMillis();
        for (StepAt step : scenario.steps()) {
            if (unmet.isEmpty()) {
                stage.narrator().accept(step);
                unmet = attempt(() -> player.play(step));
            }
        }
        RunReport.Costs cost = cost(copiedBefore);
        long total = waiting.nowMillis() - begin;
        if (unmet.isEmpty()) {
            unmet = attempt(player::settle);
        }
        RunReport.Millis millis = new RunReport.Millis(total, recorder.detection(0.5), recorder.detection(0.99));
        return new RunReportBuilder(scenario, stage, cluster, recorder, waiting, player.given())
                .report(unmet, cost, millis);
    }

    private static Optional<StepFailedException> attempt(Runnable part) {
        try {
            part.run();
            return Optional.empty();
        } catch (StepFailedException unmet) {
            return Optional.of(unmet);
        }
    }

    private void setUp(ObservedCluster cluster) {
        List<String> existing =
                waiting.result(cluster.existing(scenario.topics().keySet()), "looking for topics");
        if (!existing.isEmpty() && !stage.useExisting()) {
            throw new ScenarioException("topic '" + existing.get(0)
                    + "' exists already; delete it, name another ZooKeeper or chroot, or say --use-existing");
        }
        Optional<Lab> lab = stage.gateway().lab();
        if (lab.isEmpty()) {
            refuseMissing(existing);
            return;
        }
        scenario.replication()
                .ifPresent(how -> lab.get().replication(how.bytesPerSecondPerBroker(), how.isrNotificationLinger()));
        waiting.all(
                scenario.brokers().stream()
                        .map(broker -> lab.get().start(broker.id(), broker.rack()))
                        .toList(),
                "starting the brokers");
        waiting.all(
                scenario.topics().values().stream()
                        .filter(topic -> !existing.contains(topic.name()))
                        .map(topic -> lab.get()
                                .createTopic(
                                        topic.name(),
                                        topic.assigned(),
                                        topic.bytesPerPartition(),
                                        scenario.minInSyncReplicas()))
                        .toList(),
                "making the topics");
    }

    private void refuseMissing(Collection<String> existing) {
        scenario.topics().keySet().stream()
                .filter(topic -> !existing.contains(topic))
                .findFirst()
                .ifPresent(topic -> {
                    throw new ScenarioException("topic '" + topic + "' does not exist, and the gateway '"
                            + stage.settings().gateway() + "' makes none; create it and say --use-existing");
                });
    }

    private void refuseWhatCannotBe(StepAt at) {
        if (at.step() instanceof Step.Request request) {
            request.via().ifPresent(via -> refuseClosedChannel(at, via));
        }
        if (needsLab(at.step()) && stage.gateway().lab().isEmpty()) {
            throw new ScenarioException(scenario.at(
                    at.line(),
                    "the gateway '" + stage.settings().gateway()
                            + "' cannot disturb brokers; choose --gateway simulated or leave this step out"));
        }
    }

    private void refuseClosedChannel(StepAt at, String via) {
        boolean open = stage.plugins().channels().stream()
                .anyMatch(channel -> channel.name().equals(via));
        if (!open) {
            throw new ScenarioException(scenario.at(
                    at.line(),
                    "'via' names the request channel '" + via + "', which is not open; open are "
                            + String.join(", ", stage.settings().requestChannels())));
        }
    }

    private static boolean needsLab(Step step) {
        return step instanceof Step.Hold
                || step instanceof Step.Release
                || step instanceof Step.DeleteTopic
                || step instanceof Step.Kill kill && kill.actor() instanceof Step.Actor.OneBroker
                || step instanceof Step.Start start && start.actor() instanceof Step.Actor.OneBroker;
    }

    private List<StorageLayout> layouts() {
        return Stream.concat(Stream.of(stage.plugins().layout()), stage.plugins().otherLayouts().stream())
                .map(NamedPlugin::plugin)
                .toList();
    }

    private RunReport.Costs cost(long copiedBefore) {
        Long copied = stage.gateway().lab().isPresent() ? bytesCopied() - copiedBefore : null;
        return new RunReport.Costs(
                new RunReport.ZooKeeperCost(
                        stage.meter().cost("controller"),
                        stage.meter().cost("requester"),
                        stage.meter().cost("brokers")),
                recorder.brokerCost(copied));
    }

    private long bytesCopied() {
        return stage.gateway().lab().map(Lab::bytesCopied).orElse(0L);
    }
}
