package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.ScenarioParser;
import org.reassign.simulation.scenario.Step;
import org.reassign.zk.EmbeddedZooKeeper;

/** The controller's session expires on a real server while 200 partitions move: it leads again, in a second term. */
@Execution(ExecutionMode.CONCURRENT)
class ExpiredSessionIT {
    private static final String SCENARIO = """
            name: expired
            brokers: {count: 6}
            topics: {many: {count: 10, partitionsPerTopic: 20, replicationFactor: 2, bytesPerPartition: 1MB}}
            replication: {bytesPerSecondPerBroker: 50MB, isrNotificationLinger: 50ms}
            steps:
              - request: {topics: many, shiftBy: 2}
              - request: {topics: many, shiftBy: 1}
              - await: settled
                timeout: 120s
            expect:
              replicas: {topics: many, shiftBy: 1}
              noLeftovers: true
            """;

    static Set<String> watchers() {
        return Choice.WATCHERS.keySet();
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void endsAsAskedInTheSecondTerm(String watcher) {
        Choice choice = Choice.DEFAULT.watchedBy(watcher);
        Map<String, ZkPort> opened = new ConcurrentHashMap<>();
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            ZkSessions sessions = actor -> {
                ZkPort port = server.sessions().open(actor);
                opened.put(actor, port);
                return port;
            };
            try (RealRun run = RealRun.on(sessions, choice.plugins())) {
                SimulatedRun.Result result = run.before(step -> expire(step, server, opened.get("controller")))
                        .play(ScenarioParser.parse("expired.yaml", SCENARIO, Path.of("")), choice.mode());

                assertThat(result.report().faults())
                        .as(String.join("\n", result.steps()))
                        .isEmpty();
                assertThat(result.report().controller().terms()).isEqualTo(2);
            }
        }
    }

    private static void expire(Step step, EmbeddedZooKeeper server, ZkPort controller) {
        if (step instanceof Step.Await) {
            server.expire(controller);
        }
    }
}
