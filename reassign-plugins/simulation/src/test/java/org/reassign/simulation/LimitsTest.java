package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.simulation.scenario.RunReport;

/** What ZooKeeper's size limit does to a large topic. */
class LimitsTest {
    /** 300 records, each with a reason of 4,000 bytes, do not go into one znode. */
    private static final String LARGE = """
            name: large
            brokers: [0, 1, 2, 3]
            topics:
              large: {partitionsPerTopic: 300, replicationFactor: 2, count: 1}
            steps:
              - {request: {topics: large, shiftBy: 2}, reason: REASON}
              - await: settled
              - request: {large-0-7: [2, 3]}
              - await: settled
            expect: {replicas: {large-0-7: [2, 3]}, noLeftovers: true}
            """;

    @Test
    void entriesThatATopicsZnodeCannotHoldAreRefusedAndOthersGoOn() {
        Combination combination = new Combination("consolidated", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
        RunReport report = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of(LARGE.replace("REASON", "x".repeat(4_000))), combination.mode())
                .report();

        assertThat(report.leftovers()).isEmpty();
        assertThat(report.answers().get(0).code()).isEqualTo("too-large");
        assertThat(report.answers().get(0).reason())
                .contains("/brokers/topics/large-0 would have")
                .contains("ask for fewer");
        assertThat(report.answers().get(300).answer()).isEqualTo("completed");
    }

    /** What is refused supersedes nothing: the request before it is executed, although both were read at once. */
    @Test
    void anEntryThatIsRefusedForItsSizeSupersedesNothing() {
        Combination combination = new Combination("consolidated", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
        RunReport report = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of("""
                        name: large
                        brokers: [0, 1, 2, 3]
                        topics:
                          large: {partitionsPerTopic: 300, replicationFactor: 2, count: 1}
                        steps:
                          - kill: controller
                          - request: {large-0-7: [1, 2]}
                          - {request: {topics: large, shiftBy: 2}, reason: REASON}
                          - start: controller
                          - await: settled
                        expect: {replicas: {large-0-7: [1, 2]}, noLeftovers: true}
                        """.replace("REASON", "x".repeat(4_000))), combination.mode())
                .report();

        assertThat(report.leftovers()).isEmpty();
        assertThat(report.answers().get(0).answer()).isEqualTo("completed");
        assertThat(report.answers().get(1).code()).isEqualTo("too-large");
        assertThat(report.partitions().get(7).replicas()).containsExactly(1, 2);
    }

    /** The request, which is not of our making, fits into a znode; its reason and what a record has besides do not. */
    @ParameterizedTest
    @MethodSource("places")
    void aReasonThatNoRecordCanHoldIsRefusedAndOthersGoOn(String layout, WriteMode mode) {
        VirtualTime time = new VirtualTime(() -> {});
        MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
        LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
        Lab lab = gateway.lab();
        List.of(0, 1, 2, 3).forEach(broker -> lab.start(broker, Optional.empty()));
        time.await(() -> false, Duration.ofSeconds(1));
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1)));
        var made = lab.createTopic("t", assigned, 0, 1).toCompletableFuture();
        assertThat(time.await(made::isDone, Duration.ofSeconds(1))).isTrue();
        List<Answer> answers = new ArrayList<>();
        Controller controller = new Controller(
                zooKeeper,
                gateway,
                new Combination(layout, "per-partition", "prefer-in-sync", mode).plugins(),
                ControllerSettings.of(mode),
                time,
                new ControllerListener() {
                    @Override
                    public void answered(Answer answer) {
                        answers.add(answer);
                    }
                });
        controller.start();
        time.await(controller::leads, Duration.ofSeconds(5));

        ZkPort requester = zooKeeper.open("requester");
        request(requester, "{\"t\":{\"0\":[2,3]}}", "x".repeat(1_048_300));
        request(requester, "{\"t\":{\"1\":[2,3]}}", "short");
        assertThat(time.await(() -> answers.size() == 2 && controller.idle(), Duration.ofSeconds(30)))
                .isTrue();

        assertThat(answers.get(0).refusal().orElseThrow().code()).isEqualTo(Refusal.Code.TOO_LARGE);
        assertThat(answers.get(1).outcome()).isEqualTo(Answer.Outcome.COMPLETED);
    }

    static List<Arguments> places() {
        return Stream.of("separate", "separate-flat", "consolidated", "kip-455")
                .flatMap(layout -> Stream.of(WriteMode.values()).map(mode -> Arguments.of(layout, mode)))
                .toList();
    }

    private static void request(ZkPort requester, String assignments, String reason) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + ",\"reason\":\"" + reason
                + "\"}";
        requester
                .commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)))
                .toCompletableFuture()
                .join();
    }
}
