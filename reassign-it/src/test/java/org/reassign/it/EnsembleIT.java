package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.ScenarioParser;
import org.reassign.simulation.scenario.Step;

/**
 * Servers of a ZooKeeper of three stop and start while 200 partitions move and are asked to go elsewhere. Each watcher is
 * played, and each layout; with each other under {@code -Pmatrix}.
 */
@Execution(ExecutionMode.CONCURRENT)
class EnsembleIT {
    private static final String SCENARIO = """
            name: ensemble
            brokers: {count: 6}
            topics: {many: {count: 10, partitionsPerTopic: 20, replicationFactor: 2, bytesPerPartition: 1MB}}
            replication: {bytesPerSecondPerBroker: 50MB, isrNotificationLinger: 50ms}
            steps:
              - request: {topics: many, shiftBy: 2}
              - request: {topics: many, shiftBy: 1}
              - request: {topics: many, shiftBy: 2}
              - request: {topics: many, shiftBy: 3}
              - await: settled
                timeout: 120s
            expect:
              replicas: {topics: many, shiftBy: 3}
              noLeftovers: true
            """;

    static Stream<Choice> choices() {
        List<List<Object>> rows = new ArrayList<>();
        for (String watcher : Choice.WATCHERS.keySet()) {
            for (String layout : List.of("consolidated", "separate")) {
                rows.add(Choice.DEFAULT
                        .watchedBy(watcher)
                        .in(layout, Choice.DEFAULT.mode())
                        .values());
            }
        }
        return Covering.played(rows, 1).stream().map(Choice::of);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void endsAsAsked(Choice choice) throws IOException {
        try (Ensemble ensemble = Ensemble.start();
                RealRun run = RealRun.on(ensemble.sessions(), choice.plugins())) {
            Disturbances disturbances = new Disturbances(List.of(
                    () -> {},
                    () -> stopAndStart(ensemble, ensemble.leader()),
                    () -> stopAndStart(ensemble, ensemble.aFollower()),
                    () -> ensemble.nodes().forEach(node -> stopAndStart(ensemble, node))));
            SimulatedRun.Result result = run.before(disturbances::next)
                    .play(ScenarioParser.parse("ensemble.yaml", SCENARIO, Path.of("")), choice.mode());

            assertThat(disturbances.happened()).isEqualTo(4);
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
            assertThat(result.report().controller().terms()).isEqualTo(1);
        }
    }

    private static void stopAndStart(Ensemble ensemble, EnsembleNode node) {
        ensemble.stop(node);
        ensemble.start(node);
    }

    /** One for each request, which happens while that is submitted and carried out; the next request waits for its end. */
    private static final class Disturbances {
        private final Iterator<Runnable> all;
        private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
        private int happened;

        Disturbances(List<Runnable> all) {
            this.all = all.iterator();
        }

        void next(Step step) {
            if (step instanceof Step.Request) {
                running.join();
                running = CompletableFuture.runAsync(all.next());
                happened++;
            }
        }

        int happened() {
            running.join();
            return happened;
        }
    }
}
