package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.reassign.api.zk.ZkSessions;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.ScenarioParser;
import org.reassign.simulation.scenario.Step;

/**
 * Servers of a ZooKeeper of three are killed, paused and started while 200 partitions move and are asked to go elsewhere:
 * for each watcher with a layout in the topic and one beside it, all at the same time, below a chroot each.
 */
@Execution(ExecutionMode.CONCURRENT)
class EnsembleIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

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

    private static List<Choice> choices() {
        return Choice.WATCHERS.keySet().stream()
                .flatMap(watcher -> Stream.of("consolidated", "separate")
                        .map(layout -> Choice.DEFAULT.watchedBy(watcher).in(layout, Choice.DEFAULT.mode())))
                .toList();
    }

    @Test
    void endsAsAskedInOneTerm() throws IOException {
        List<Choice> choices = choices();
        ExecutorService threads = Executors.newFixedThreadPool(choices.size());
        try (Ensemble ensemble = Ensemble.start()) {
            Disturbances disturbances = new Disturbances(
                    choices.size(),
                    List.of(
                            () -> {},
                            () -> stopAndStart(ensemble, ensemble.leader()),
                            () -> ensemble.pauseAndResume(ensemble.aFollower()),
                            () -> ensemble.nodes().forEach(node -> stopAndStart(ensemble, node))));
            Map<Choice, Future<SimulatedRun.Result>> results = new LinkedHashMap<>();
            choices.forEach(choice -> {
                ZkSessions sessions = ensemble.sessions("/" + results.size());
                results.put(choice, threads.submit(() -> play(choice, sessions, disturbances)));
            });

            results.forEach((choice, result) -> assertThat(result)
                    .as(choice.toString())
                    .succeedsWithin(LIMIT)
                    .satisfies(EnsembleIT::endedAsAskedInOneTerm));
            assertThat(disturbances.happened()).isEqualTo(4);
        } finally {
            threads.shutdownNow();
        }
    }

    private static SimulatedRun.Result play(Choice choice, ZkSessions sessions, Disturbances disturbances) {
        try (RealRun run = RealRun.on(sessions, choice.plugins())) {
            return run.before(disturbances::next)
                    .play(ScenarioParser.parse("ensemble.yaml", SCENARIO, Path.of("")), choice.mode());
        }
    }

    private static void endedAsAskedInOneTerm(SimulatedRun.Result result) {
        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        assertThat(result.report().controller().terms()).isEqualTo(1);
    }

    private static void stopAndStart(Ensemble ensemble, EnsembleNode node) {
        ensemble.stop(node);
        ensemble.start(node);
    }

    /**
     * One for each request, which begins once all runs are about to submit it, and happens while it is submitted and
     * carried out; the next request waits for its end.
     */
    private static final class Disturbances {
        private final CyclicBarrier allReady;
        private final Iterator<Runnable> all;
        private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
        private int happened;

        Disturbances(int runs, List<Runnable> all) {
            this.allReady = new CyclicBarrier(runs, this::begin);
            this.all = all.iterator();
        }

        private void begin() {
            running.join();
            running = CompletableFuture.runAsync(all.next());
            happened++;
        }

        void next(Step step) {
            if (step instanceof Step.Request) {
                try {
                    allReady.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException("another run has not come as far", e);
                }
            }
        }

        int happened() {
            running.join();
            return happened;
        }
    }
}
