package org.reassign.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.simulation.scenario.Scenario.StepAt;
import org.reassign.simulation.scenario.Step.Condition;

class ScenarioParserTest {
    private static final TopicPartition ORDERS_0 = new TopicPartition("orders", 0);
    private static final String CLUSTER = """
            name: n
            brokers: [0, 1, 2, 3]
            topics:
              orders: {partitions: {0: [0, 1], 7: [1, 2]}, bytesPerPartition: 1.5MB}
              many: {count: 2, partitionsPerTopic: 3, replicationFactor: 2}
            """;

    private static Scenario parse(String text) {
        return ScenarioParser.parse("s.yaml", text, Path.of(""));
    }

    private static List<Step> steps(String steps) {
        return parse(CLUSTER + "steps:\n" + steps.indent(2)).steps().stream()
                .map(StepAt::step)
                .toList();
    }

    @Test
    void readsACluster() {
        Scenario scenario = parse(CLUSTER
                + "minInSyncReplicas: 2\nreplication: {bytesPerSecondPerBroker: 50MB, isrNotificationLinger: 1s}\n"
                + "steps: []\n");

        assertThat(scenario.topics().keySet()).containsExactly("many-0", "many-1", "orders");
        assertThat(scenario.topics().get("orders").bytesPerPartition()).isEqualTo(1_500_000);
        assertThat(scenario.topics().get("orders").assigned()).containsEntry(7, Replicas.of(1, 2));
        assertThat(scenario.minInSyncReplicas()).isEqualTo(2);
        assertThat(scenario.replication()).contains(new Scenario.Replication(50_000_000, Duration.ofSeconds(1)));
        assertThat(scenario.expect()).isEqualTo(Expectation.NONE);
    }

    @Test
    void spreadsAGeneratedTopicRoundRobinWhateverItsNumber() {
        Scenario scenario = parse(CLUSTER + "steps: []\n");

        assertThat(scenario.topics().get("many-0").assigned().values())
                .containsExactly(Replicas.of(0, 1), Replicas.of(1, 2), Replicas.of(2, 3));
        assertThat(scenario.topics().get("many-1").assigned())
                .isEqualTo(scenario.topics().get("many-0").assigned());
    }

    @Test
    void countsBrokersAndDealsOutRacks() {
        Scenario scenario =
                parse("name: n\nbrokers: {count: 3, racks: [a, b]}\ntopics: {t: {partitions: {0: [2]}}}\nsteps: []\n");

        assertThat(scenario.brokers().stream()
                        .map(broker -> broker.id() + broker.rack().orElse("")))
                .containsExactly("0a", "1b", "2a");
    }

    @Test
    void readsEveryStep() {
        assertThat(steps("""
                - hold: [orders-0@3]
                - release: [orders-0@3]
                - release: all
                - request: {orders-0: [2, 3], orders-7: null}
                  via: legacy
                  requester: me
                  timeout: 5s
                - await: {inSync: {orders-0: [2]}, inFlight: [orders-0]}
                  timeout: 2s
                - await: settled
                - kill: controller
                - start: {broker: 3}
                - deleteTopic: orders
                - sleep: 200ms
                - znode: {create: /a, data: "1"}
                - znode: {set: /a/b}
                - znode: {delete: /a/b}
                - connection: block
                """))
                .containsExactly(
                        new Step.Hold(List.of(new Step.ReplicaName(ORDERS_0, 3))),
                        new Step.Release(Optional.of(List.of(new Step.ReplicaName(ORDERS_0, 3)))),
                        new Step.Release(Optional.empty()),
                        new Step.Request(
                                new ReassignmentRequest(
                                        new TreeMap<>(Map.of(
                                                ORDERS_0,
                                                Optional.of(Replicas.of(2, 3)),
                                                new TopicPartition("orders", 7),
                                                Optional.empty())),
                                        Optional.of("me"),
                                        Optional.empty()),
                                Optional.of("legacy"),
                                Duration.ofSeconds(5)),
                        new Step.Await(
                                List.of(
                                        new Condition.InSync(ORDERS_0, Replicas.of(2)),
                                        new Condition.IsInFlight(ORDERS_0)),
                                Duration.ofSeconds(2)),
                        new Step.Await(List.of(new Condition.Settled()), Duration.ofSeconds(30)),
                        new Step.Kill(new Step.Actor.TheController()),
                        new Step.Start(new Step.Actor.OneBroker(3)),
                        new Step.DeleteTopic("orders"),
                        new Step.Sleep(Duration.ofMillis(200)),
                        new Step.Znode(Step.ZnodeChange.CREATE, "/a", "1"),
                        new Step.Znode(Step.ZnodeChange.SET, "/a/b", ""),
                        new Step.Znode(Step.ZnodeChange.DELETE, "/a/b", ""),
                        new Step.Connection(Step.ConnectionChange.BLOCK));
    }

    @Test
    void aShiftCountsFromWhereTheClusterWasWhenItLastSettled() {
        List<Step> steps = steps("""
                - request: {topics: orders, shiftBy: 1}
                - request: {topics: orders, shiftBy: 2}
                - await: settled
                - request: {topics: orders, shiftBy: 3}
                """);

        assertThat(List.of(steps.get(0), steps.get(1), steps.get(3)))
                .extracting(step ->
                        ((Step.Request) step).request().targets().get(ORDERS_0).orElseThrow())
                .containsExactly(Replicas.of(1, 2), Replicas.of(2, 3), Replicas.of(1, 2));
    }

    @Test
    void readsKafkasFileBesideTheScenario(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("kafka.json"), """
                {"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[2,3],"log_dirs":["any","any"]}]}
                """);
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, CLUSTER + "steps:\n  - request: {file: kafka.json}\n");

        Step.Request request =
                (Step.Request) ScenarioParser.read(file).steps().get(0).step();

        assertThat(request.request().targets()).containsEntry(ORDERS_0, Optional.of(Replicas.of(2, 3)));
    }

    @Test
    void aByteOrderMarkIsPassedOver(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("kafka.json"),
                "\uFEFF{\t\"version\":1,\n\t\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"replicas\":[2,3]}]}");
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, "\uFEFF" + CLUSTER + "steps:\n  - request: {file: kafka.json}\n");

        assertThat(((Step.Request) ScenarioParser.read(file).steps().get(0).step())
                        .request()
                        .targets())
                .containsEntry(ORDERS_0, Optional.of(Replicas.of(2, 3)));
    }

    @Test
    void readsJson() {
        Scenario scenario = parse("""
                {"name": "j", "brokers": [0, 1], "topics": {"t": {"partitions": {"0": [0]}}},
                 "steps": [{"request": {"t-0": [1]}}], "expect": {"replicas": {"t-0": [1]}}}
                """);

        assertThat(scenario.expect().replicas()).containsEntry(new TopicPartition("t", 0), Replicas.of(1));
    }

    @Test
    void anExpectedAnswerMayNameAlternatives() {
        Scenario scenario = parse(CLUSTER
                + "steps: []\nexpect: {answers: {orders-0: [superseded, completed|refused]}, drops: {orders-0: []}}\n");

        assertThat(scenario.expect().answers())
                .containsEntry(
                        ORDERS_0, List.of(Set.of(Outcome.SUPERSEDED), Set.of(Outcome.COMPLETED, Outcome.REFUSED)));
        assertThat(scenario.expect().drops()).containsEntry(ORDERS_0, Replicas.NONE);
    }

    @Test
    void namesTheKafkaFileAndItsLineWhereThatIsWrong(@TempDir Path folder) throws IOException {
        Path kafkas = folder.resolve("kafka.json");
        Files.writeString(
                kafkas, "{\"version\":1,\n\"partitions\":[{\"topic\":\"foo\",\"partition\":0,\"replicas\":[1]}]}");
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, CLUSTER + "steps:\n  - request: {file: kafka.json}\n");

        assertThatThrownBy(() -> ScenarioParser.read(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(kafkas + ":2: unknown topic 'foo'; 'topics' gives many-0, many-1, orders");
    }

    @Test
    void aClusterNeedsNoStepsAndItsStepsAreNotLookedAt(@TempDir Path folder) throws IOException {
        String cluster = "name: c\nbrokers: [0, 1]\ntopics: {t: {partitions: {0: [0]}}}\n";
        Path without = Files.writeString(folder.resolve("without.yaml"), cluster);
        Path with = Files.writeString(folder.resolve("with.yaml"), cluster + "steps: [nonsense]\nexpect: 7\n");

        assertThat(ScenarioParser.readCluster(without).topics().keySet()).containsExactly("t");
        assertThat(ScenarioParser.readCluster(with).steps()).isEmpty();
    }
}
