package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.ReconnectingReader;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.simulation.scenario.Scenario.StepAt;

/**
 * Plays a scenario on a environment: starts the brokers, makes the topics, starts a controller, and when it leads plays the
 * steps. Blocks only through {@link RunEnvironment#await}, so that time may be virtual.
 */
public final class ScenarioRunner {
    /** Enough to fetch a hundred megabytes over a slow line. */
    private static final Duration PREPARATION = Duration.ofMinutes(10);

    /** Processes that start side by side take so long each, on a slow machine. */
    private static final Duration BROKER_START = Duration.ofSeconds(10);

    /** Kafka's controller makes one after another, with directories on every broker. */
    private static final Duration PARTITION_CREATION = Duration.ofMillis(200);

    private final Scenario scenario;
    private final RunSetup setup;
    private final RunEnvironment environment;
    private final Waiting waiting;
    private final RunRecorder recorder = new RunRecorder();

    /** A runner for one run. */
    public ScenarioRunner(Scenario scenario, RunEnvironment environment, RunSetup setup) {
        this.scenario = scenario;
        this.setup = setup;
        this.environment = environment;
        this.waiting = new Waiting(environment);
    }

    /**
     * Runs the scenario to its end. A step that fails, or something waited for that does not come, ends it and is told
     * in the report.
     *
     * @throws ScenarioException where the scenario does not fit what it is run with; nothing has been done then
     * @throws SetUpFailedException where brokers or topics could not be made
     * @throws org.reassign.api.zk.ZkException where ZooKeeper is out of reach
     */
    public RunReport run() {
        scenario.steps().forEach(this::refuseWhatCannotBe);
        try (ZkPort observer = environment.sessions().open("observer");
                ZkPort requester = environment.sessions().open("requester")) {
            ObservedCluster cluster = new ObservedCluster(new ReconnectingReader(observer), layouts());
            try {
                setUp(cluster);
            } catch (StepFailedException late) {
                throw new SetUpFailedException("the cluster was not set up: " + late.getMessage(), late);
            }
            BrokerDepartures departures = new BrokerDepartures(observer, waiting::nowMillis);
            departures.watch();
            WaitReasons reasons = new WaitReasons(cluster, departures, waiting);
            try (ControllerSlot controller = new ControllerSlot(setup, recorder, waiting, startLimit())) {
                return play(cluster, controller, requester, reasons);
            }
        }
    }

    private RunReport play(ObservedCluster cluster, ControllerSlot controller, ZkPort requester, WaitReasons reasons) {
        StepRunner runner = new StepRunner(
                scenario,
                setup,
                cluster,
                controller,
                requester,
                recorder,
                waiting,
                reasons,
                new OutsideSteps(environment, waiting));
        Optional<StepFailedException> unmet = attempt(controller::start);
        setup.meter().reset();
        recorder.reset();
        long copiedBefore = bytesCopied();
        long begin = waiting.nowMillis();
        for (StepAt step : scenario.steps()) {
            if (unmet.isEmpty()) {
                setup.narrator().accept(step);
                unmet = attempt(() -> runner.play(step));
            }
        }
        if (unmet.isEmpty() && !endsSettled()) {
            unmet = attempt(() -> runner.settle(limitAtTheEnd()));
        }
        RunReport.Costs cost = cost(copiedBefore);
        long total = waiting.nowMillis() - begin;
        RunReport.Millis millis = new RunReport.Millis(total, recorder.detection(0.5), recorder.detection(0.99));
        return new RunReportBuilder(scenario, setup, cluster, recorder, waiting, runner.given())
                .report(unmet, cost, millis);
    }

    private boolean endsSettled() {
        List<StepAt> steps = scenario.steps();
        return !steps.isEmpty()
                && steps.get(steps.size() - 1).step() instanceof Step.Await last
                && last.conditions().contains(new Step.Condition.Settled());
    }

    /** What the last steps have begun may take as long as they themselves, where that is longer than usual. */
    private Duration limitAtTheEnd() {
        return scenario.steps().stream()
                .map(StepAt::step)
                .flatMap(step -> step instanceof Step.Request request ? Stream.of(request.timeout()) : Stream.empty())
                .reduce(Waiting.LIMIT, (longest, timeout) -> timeout.compareTo(longest) > 0 ? timeout : longest);
    }

    /** A controller reads every partition before it leads: a millisecond for each is added to the usual limit. */
    private Duration startLimit() {
        return Waiting.LIMIT.plusMillis(partitions());
    }

    private long partitions() {
        return scenario.topics().values().stream()
                .mapToLong(topic -> topic.assigned().size())
                .sum();
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
        Optional<Lab> lab = setup.lab();
        SortedSet<Integer> running = lab.map(Lab::running).orElseGet(Collections::emptySortedSet);
        Optional<Occupants> occupants = lab.filter(own -> running.isEmpty())
                .map(own -> new Occupants(cluster, own, setup.settings().zookeeper(), waiting));
        occupants.ifPresent(Occupants::refuseOthers);
        SortedSet<String> existing =
                new TreeSet<>(waiting.result(cluster.existing(scenario.topics().keySet()), "looking for topics"));
        if (!existing.isEmpty() && !setup.useExisting()) {
            throw new ScenarioException("topic '" + existing.first() + "' exists already"
                    + (existing.size() > 1 ? ", and so do " + (existing.size() - 1) + " more of the scenario" : "")
                    + "; say --use-existing to go on with what is there, delete it ('deleteall' of /brokers/topics/T"
                    + " and /config/topics/T in zkCli.sh), or name another ZooKeeper or chroot");
        }
        if (lab.isEmpty()) {
            refuseMissing(existing);
            return;
        }
        occupants.ifPresent(others -> {
            others.awaitNone(setup.listener()::warning);
            others.tellOtherTopics(scenario.topics().keySet(), setup.listener()::warning);
        });
        waiting.result(refusable(possible(lab.get().prepare())), "fetching what brokers need", PREPARATION);
        scenario.replication()
                .ifPresent(how -> lab.get().replication(how.bytesPerSecondPerBroker(), how.isrNotificationLinger()));
        waiting.result(
                CompletableFuture.allOf(scenario.brokers().stream()
                        .filter(broker -> !running.contains(broker.id()))
                        .map(broker -> refusable(lab.get().start(broker.id(), broker.rack())))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new)),
                "starting the brokers",
                lab.get()
                        .limit()
                        .plus(BROKER_START.multipliedBy(scenario.brokers().size())));
        List<String> missing = scenario.topics().keySet().stream()
                .filter(topic -> !existing.contains(topic))
                .toList();
        waiting.inChunks(
                missing,
                topic -> createTopic(lab.get(), scenario.topics().get(topic)),
                "making the topics",
                lab.get().limit().plus(PARTITION_CREATION.multipliedBy(partitions())));
    }

    private CompletionStage<Void> createTopic(Lab lab, Scenario.TopicPlan topic) {
        return refusable(lab.createTopic(
                topic.name(), topic.assigned(), topic.bytesPerPartition(), scenario.minInSyncReplicas()));
    }

    /** What was chosen may rule the lab's brokers out. */
    private static CompletionStage<Void> possible(CompletionStage<Void> prepared) {
        return prepared.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            throw cause instanceof IllegalArgumentException
                    ? new ScenarioException(cause.getMessage(), cause)
                    : new CompletionException(cause);
        });
    }

    /** What a lab refuses, such as a broker that another client has registered meanwhile, is no defect of ours. */
    private static CompletionStage<Void> refusable(CompletionStage<Void> stage) {
        return stage.exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof IllegalStateException || cause instanceof IllegalArgumentException) {
                throw new SetUpFailedException("the cluster was not set up: " + cause.getMessage(), cause);
            }
            throw new CompletionException(cause);
        });
    }

    private void refuseMissing(Set<String> existing) {
        scenario.topics().keySet().stream()
                .filter(topic -> !existing.contains(topic))
                .findFirst()
                .ifPresent(topic -> {
                    throw new ScenarioException("topic '" + topic + "' does not exist, and the gateway '"
                            + setup.settings().gateway() + "' makes none; create it and say --use-existing");
                });
    }

    private void refuseWhatCannotBe(StepAt at) {
        if (at.step() instanceof Step.Request request) {
            request.via().ifPresent(via -> refuseClosedChannel(at, via));
        }
        if (at.step() instanceof Step.Connection && environment.connections().isEmpty()) {
            throw new ScenarioException(scenario.at(
                    at.line(),
                    "connections with '" + setup.settings().zookeeper()
                            + "' cannot be broken from here; choose --zookeeper embedded or memory, or leave this step"
                            + " out"));
        }
        if (needsLab(at.step()) && setup.lab().isEmpty()) {
            throw new ScenarioException(scenario.at(
                    at.line(),
                    "the gateway '" + setup.settings().gateway()
                            + "' cannot disturb brokers; choose --gateway simulated or leave this step out"));
        }
    }

    private void refuseClosedChannel(StepAt at, String via) {
        boolean open = setup.plugins().channels().stream()
                .anyMatch(channel -> channel.name().equals(via));
        if (!open) {
            throw new ScenarioException(scenario.at(
                    at.line(),
                    "'via' names the request channel '" + via + "', which is not open; open are "
                            + String.join(", ", setup.settings().requestChannels())));
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
        return Stream.concat(Stream.of(setup.plugins().layout()), setup.plugins().otherLayouts().stream())
                .map(NamedPlugin::plugin)
                .toList();
    }

    private RunReport.Costs cost(long copiedBefore) {
        Long copied = setup.lab().isPresent() ? bytesCopied() - copiedBefore : null;
        return new RunReport.Costs(
                new RunReport.ZooKeeperCost(
                        setup.meter().cost("controller"),
                        setup.meter().cost("requester"),
                        setup.meter().cost("brokers")),
                recorder.brokerCost(copied));
    }

    private long bytesCopied() {
        return setup.lab().map(Lab::bytesCopied).orElse(0L);
    }
}
