package org.reassign.core.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of bad scenarios, each with the sentence that it gets. */
class BadScenarioTest {
    private static final String CLUSTER =
            "name: n\nbrokers: [0, 1, 2]\ntopics:\n  orders: {partitions: {0: [0, 1]}}\nsteps:\n  ";

    @ParameterizedTest
    @MethodSource({"badClusters", "badSteps", "badExpectations"})
    void isRefusedWithFileAndLine(String text, String sentence) {
        assertThatThrownBy(() -> ScenarioParser.parse("s.yaml", text, Path.of("")))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(sentence);
    }

    private static Arguments step(String step, String sentence) {
        return arguments(CLUSTER + step + "\n", "s.yaml:6: " + sentence);
    }

    static Stream<Arguments> badClusters() {
        return Stream.of(
                arguments("", "s.yaml:1: the file is empty; it needs at least name, brokers and steps"),
                arguments("name: [", "s.yaml:1: this is no YAML: expected the node content, but found '<stream end>'"),
                arguments(
                        "name: n\nbroker: [0]\n",
                        "s.yaml:2: unknown key 'broker' in a scenario; known are name, brokers,"
                                + " topics, minInSyncReplicas, replication, steps, expect"),
                arguments("name: n\nname: m\n", "s.yaml:2: a scenario has the key 'name' twice, first on line 1"),
                arguments("name: n\n", "s.yaml:1: a scenario lacks the key 'brokers'"),
                arguments(
                        "name: n\nbrokers: [0, x]\ntopics: {}",
                        "s.yaml:2: a broker in 'brokers' is 'x', which is no" + " whole number"),
                arguments("name: n\nbrokers: [0, 0]\ntopics: {}", "s.yaml:2: 'brokers' names broker 0 twice"),
                arguments(
                        "name: n\nbrokers: {count: 0}\ntopics: {}",
                        "s.yaml:2: 'count' of 'brokers' is 0; it is at least" + " 1"),
                arguments(
                        "name: n\nbrokers: [0]\ntopics:\n  t: {partitions: {0: [0, 5]}}",
                        "s.yaml:4: a broker of t-0 is"
                                + " 5, a broker outside 'brokers'; add it there or name one of 0"),
                arguments(
                        "name: n\nbrokers: [0]\ntopics:\n  t: {partitions: {0: [0]}, bytesPerPartition: 10MiB}",
                        "s.yaml:4: 'bytesPerPartition' is '10MiB', which is no size; write a number with KB, MB or GB"),
                arguments(
                        "name: n\nbrokers: [0]\ntopics:\n  t: {count: 1, partitionsPerTopic: 1, replicationFactor: 2}",
                        "s.yaml:4: 'replicationFactor' of 't' is 2, but there are only 1 brokers"));
    }

    static Stream<Arguments> badSteps() {
        return Stream.of(
                step(
                        "- hodl: [orders-0@1]",
                        "unknown key 'hodl' in a step; known are hold, release, request, await, kill,"
                                + " start, deleteTopic, sleep"),
                step(
                        "- {hold: [orders-0@1], sleep: 1s}",
                        "a step does one thing, this one has hold and sleep; begin each" + " with a dash of its own"),
                step("- {sleep: 1s, via: legacy}", "unknown key 'via' in a 'sleep' step; known are sleep"),
                step("- sleep: 5", "'sleep' is '5', which is no duration; write a number with ms or s"),
                step(
                        "- hold: [orders-0]",
                        "a replica in 'hold' is 'orders-0', which is no replica; write topic-N@broker,"
                                + " as in orders-0@3"),
                step(
                        "- hold: [orders-0@9]",
                        "a replica in 'hold' is 'orders-0@9', which names a broker outside"
                                + " 'brokers'; add it there or name one of 0, 1, 2"),
                step("- hold: [orders-1@1]", "unknown partition 'orders-1'; topic 'orders' has no partition 1"),
                step("- hold: orders-0@1", "'hold' is 'orders-0@1', which is no list"),
                step(
                        "- request: {orders: [1]}",
                        "a partition in 'request' is 'orders', which is no partition; write"
                                + " topic-N, as in orders-0"),
                step("- request: {order-0: [1]}", "unknown topic 'order'; 'topics' gives orders"),
                step(
                        "- request: {orders-0: [1, 7]}",
                        "a broker of orders-0 is 7, a broker outside 'brokers'; add it there or name one of 0, 1, 2"),
                step("- request: {orders-0: [1, 1]}", "orders-0 names broker 1 twice"),
                step("- request: {orders-0: 1}", "orders-0 is '1', which is no list"),
                step("- request: {}", "'request' names no partition"),
                step("- request: {topics: many, shiftBy: 1}", "unknown topic 'many'; 'topics' gives orders"),
                step("- request: {topics: orders}", "'request' lacks the key 'shiftBy'"),
                step("- await: setled", "'await' is 'setled'; write settled, {inSync: {…}} or {inFlight: […]}"),
                step(
                        "- {await: settled, timeout: soon}",
                        "'timeout' is 'soon', which is no duration; write a number with" + " ms or s"),
                step("- kill: broker", "'kill' names neither controller nor {broker: N}"),
                step(
                        "- start: {broker: 4}",
                        "'broker' of 'start' is 4, a broker outside 'brokers'; add it there or name one of 0, 1, 2"),
                step("- deleteTopic: foo", "unknown topic 'foo'; 'topics' gives orders"));
    }

    static Stream<Arguments> badExpectations() {
        return Stream.of(
                arguments(
                        CLUSTER + "- sleep: 0\nexpect: {replica: {}}\n",
                        "s.yaml:7: unknown key 'replica' in 'expect';"
                                + " known are replicas, answers, drops, noLeftovers"),
                arguments(
                        CLUSTER + "- sleep: 0\nexpect: {answers: {orders-0: [done]}}\n",
                        "s.yaml:7: 'done' is no answer;"
                                + " write completed, superseded, cancelled, refused, unchanged or topic-deleted"),
                arguments(
                        CLUSTER + "- sleep: 0\nexpect: {noLeftovers: maybe}\n",
                        "s.yaml:7: 'noLeftovers' is 'maybe'," + " which is neither true nor false"));
    }
}
