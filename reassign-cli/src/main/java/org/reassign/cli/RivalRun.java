package org.reassign.cli;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Rival;
import org.reassign.cli.report.RivalRatio;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.Expectation;
import org.reassign.simulation.scenario.RunEnvironment;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunSetup;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioRunner;
import org.reassign.simulation.scenario.Step;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * A scenario played by the brokers' own controller: its requests go there, whatever {@code via} says. It must end on the
 * same replicas; which answers ours would give and what it would drop is not expected of it.
 *
 * @param ours what our controller would be run with
 * @param backend the ZooKeeper of the brokers, in this process, so that its server counts what they ask
 */
record RivalRun(RunSetup ours, Backend backend) {
    private static final String OFFICE = "/controller";

    /** Why the brokers' own controller cannot play a scenario, as one sentence. */
    static Optional<String> refusal(Scenario scenario) {
        return scenario.steps().stream()
                .filter(at -> isOfOurController(at.step()))
                .findFirst()
                .map(at ->
                        scenario.file() + ":" + at.line() + ": this step disturbs a controller of ours, so the brokers'"
                                + " own controller cannot play " + scenario.name() + ", which has no row of it");
    }

    private static boolean isOfOurController(Step step) {
        return step instanceof Step.Connection
                || step instanceof Step.Kill kill && kill.actor() instanceof Step.Actor.TheController
                || step instanceof Step.Start start && start.actor() instanceof Step.Actor.TheController;
    }

    RunReport play(Scenario scenario, RunEnvironment environment) {
        BrokerGateway.LabGateway gateway = (BrokerGateway.LabGateway) ours.gateway();
        Rival rival = gateway.lab().rival().orElseThrow();
        SortedMap<String, String> set = new TreeMap<>(ours.settings().set());
        set.keySet().removeIf(key -> !key.startsWith(ours.settings().gateway() + "."));
        set.put(rival.name() + ".requests", rival.requests());
        set.put(rival.name() + RivalRatio.BROKERS_OF, ours.settings().gateway());
        AtomicReference<RivalController> controller = new AtomicReference<>();
        RunSetup setup = new RunSetup(
                ours.plugins(),
                gateway,
                heard -> {
                    controller.set(new RivalController(rival, heard));
                    return controller.get();
                },
                (zk, channel, request) -> controller.get().submit(zk, channel, request),
                new Meter(ours.meter(), backend.server().orElseThrow()),
                RunReport.Settings.ofRival(ours.settings().zookeeper(), rival.name(), set),
                ours.useExisting(),
                ours.listener(),
                ours.narrator());
        return withoutOurs(new ScenarioRunner(expectingReplicas(scenario), environment, setup).run());
    }

    private static Scenario expectingReplicas(Scenario scenario) {
        return new Scenario(
                scenario.file(),
                scenario.name(),
                scenario.brokers(),
                scenario.topics(),
                scenario.minInSyncReplicas(),
                scenario.replication(),
                scenario.steps(),
                new Expectation(
                        expectedReplicas(scenario),
                        Collections.emptySortedMap(),
                        Collections.emptySortedMap(),
                        scenario.expect().noLeftovers()));
    }

    /**
     * Without those of partitions that are cancelled: Kafka keeps no original list, only which brokers it adds and removes,
     * so that [1,2] to [2,3] and back ends as [2,1].
     */
    private static SortedMap<TopicPartition, Replicas> expectedReplicas(Scenario scenario) {
        SortedMap<TopicPartition, Replicas> expected =
                new TreeMap<>(scenario.expect().replicas());
        scenario.steps().stream()
                .filter(at -> at.step() instanceof Step.Request)
                .flatMap(at -> ((Step.Request) at.step()).request().targets().entrySet().stream())
                .filter(entry -> entry.getValue().isEmpty())
                .forEach(entry -> expected.remove(entry.getKey()));
        return expected;
    }

    /** What only our controller tells is unknown: how a request has ended that was accepted, and what brokers were sent. */
    private static RunReport withoutOurs(RunReport report) {
        RunReport.Costs cost = new RunReport.Costs(
                report.cost().zookeeper(),
                new RunReport.BrokerCost(
                        null, null, null, report.cost().brokers().bytesCopied(), null));
        List<RunReport.AnswerReport> refused = report.answers().stream()
                .filter(answer -> answer.answer().equals(RunReport.text(Answer.Outcome.REFUSED)))
                .toList();
        return new RunReport(
                report.scenario(),
                report.outcome(),
                report.settings(),
                report.partitions(),
                refused,
                report.drops(),
                report.leftovers(),
                cost,
                report.controller(),
                report.millis(),
                report.faults());
    }

    /**
     * What the server was asked by the broker that is the controller, and by the others. That broker leads partitions, too:
     * its session has its part of what leaders write.
     */
    private record Meter(RunSetup.Meter ours, EmbeddedZooKeeper server) implements RunSetup.Meter {
        @Override
        public void reset() {
            ours.reset();
        }

        @Override
        public Cost cost(String actor) {
            return switch (actor) {
                case "controller" -> server.serverCostOfOwner(OFFICE);
                case "brokers" -> server.serverCostOfOthersThanOwner(OFFICE);
                default -> ours.cost(actor);
            };
        }
    }
}
