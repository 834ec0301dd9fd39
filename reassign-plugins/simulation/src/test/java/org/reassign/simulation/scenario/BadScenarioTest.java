package org.reassign.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of bad scenarios, each with the sentence that it gets. */
class BadScenarioTest {
    private static final String REASSIGNMENT_FILE = "a reassignment file holds"
            + " {\"version\":1,\"partitions\":[{\"topic\":\"foo\",\"partition\":0,\"replicas\":[1,2]}]}";
    private static final String CLUSTER =
            "name: n\nbrokers: [0, 1, 2]\ntopics:\n  orders: {partitions: {0: [0, 1]}}\nsteps:\n  ";

    @ParameterizedTest
    @MethodSource({"badClusters", "badSteps", "badExpectations", "badYaml", "tooMuch"})
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
                arguments(
                        "{\"name\": [",
                        "s.yaml:1: this is no JSON: expected the node content, but found '<stream end>'"),
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
                                + " start, deleteTopic, sleep, znode, connection"),
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
                step("- deleteTopic: foo", "unknown topic 'foo'; 'topics' gives orders"),
                step("- znode: {data: x}", "'znode' does nothing; write one of create, set and delete"),
                step("- znode: {create: /a, set: /b}", "'znode' has create and set; write one"),
                step("- znode: {delete: /a, data: x}", "'znode' has 'data' beside 'delete'; leave it out"),
                step("- znode: {set: a/b}", "'set' is 'a/b', which is no path of a znode; write /like/this"),
                step("- connection: broken", "'connection' is none of cut, block and pass"));
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

    static Stream<Arguments> badYaml() {
        return Stream.of(
                arguments(
                        "name: n\n\tbrokers: [0]\n",
                        "s.yaml:2: this is no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
                                + " \\t(TAB) for indentation)"),
                arguments(
                        "name: n\nbrokers: \u0000\n", "s.yaml:2: this is no YAML: the character U+0000 is not allowed"),
                arguments(
                        "name: !!java.net.URL [x]\n",
                        "s.yaml:1: this is no YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL"),
                arguments("name: n\nbrokers: !list [0]\n", "s.yaml:2: the tag '!list' is not understood; leave it out"),
                arguments("name: n\n---\nname: m\n", "s.yaml:2: this is no YAML: but found another document"),
                arguments("name: " + "[".repeat(10_000), "s.yaml:1: this is no YAML: Nesting Depth exceeded max 50"),
                arguments("name: n\nbrokers: *b\n", "s.yaml:2: this is no YAML: found undefined alias b"),
                arguments("name: &n [*n]\n", "s.yaml:1: 'name' is a list, which is no text"),
                arguments("? [a]\n: b\n", "s.yaml:1: a key in a scenario is a list, which is no text"));
    }

    /** What would exhaust memory, or overflow. */
    static Stream<Arguments> tooMuch() {
        String topics = "name: n\nbrokers: [0, 1]\ntopics:\n  t: ";
        return Stream.of(
                arguments(
                        "name: n\nbrokers: {count: 2000000000}\ntopics: {}",
                        "s.yaml:2: 'count' of 'brokers' is '2000000000', which is beyond the largest number here,"
                                + " 999999999"),
                arguments(
                        "name: n\nbrokers: {count: 999999999}\ntopics: {}",
                        "s.yaml:2: 'count' of 'brokers' is 999999999; it is at most 10000"),
                arguments(
                        topics + "{count: 999999999, partitionsPerTopic: 999999999, replicationFactor: 2}",
                        "s.yaml:4: with topic 't' the cluster would have more than 10000000 replicas; lower 'count',"
                                + " 'partitionsPerTopic' or 'replicationFactor'"),
                arguments(
                        topics + "{count: 1, partitionsPerTopic: 4000000, replicationFactor: 2}\n"
                                + "  u: {count: 1, partitionsPerTopic: 2000001, replicationFactor: 1}",
                        "s.yaml:5: with topic 'u' the cluster would have more than 10000000 replicas; lower 'count',"
                                + " 'partitionsPerTopic' or 'replicationFactor'"),
                arguments(
                        topics + "{partitions: {0: [0]}, bytesPerPartition: 99999999999GB}",
                        "s.yaml:4: 'bytesPerPartition' is '99999999999GB'; it is at most 1000000GB"),
                arguments(
                        topics.replace("t: ", "x".repeat(248) + ": ")
                                + "{count: 1, partitionsPerTopic: 1, replicationFactor: 1}",
                        "s.yaml:4: '" + "x".repeat(200) + "…' is no topic name; use 1 to 249 letters, digits, '.', '_'"
                                + " and '-'"),
                step("- sleep: 999999999s", "'sleep' is '999999999s'; it is at most 86400s"),
                step(
                        "- sleep: 9999999999999999s",
                        "'sleep' is '9999999999999999s', which is no duration; write a number" + " with ms or s"));
    }

    @ParameterizedTest
    @MethodSource("badKafkaFiles")
    void aFileInKafkasFormatIsRefusedWithItsOwnNameAndLine(String json, String sentence, @TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("kafka.json"), json);
        assertThatThrownBy(() -> ScenarioParser.parse("s.yaml", CLUSTER + "- request: {file: kafka.json}\n", folder))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(folder.resolve("kafka.json") + sentence);
    }

    static Stream<Arguments> badKafkaFiles() {
        String partition = "{\"version\":1,\"partitions\":[\n{\"topic\":\"orders\",\"partition\":";
        return Stream.of(
                arguments("", ":1: the file is empty; " + REASSIGNMENT_FILE),
                arguments("\uFEFF\n", ":1: the file is empty; " + REASSIGNMENT_FILE),
                arguments(
                        "{\"version\":1,\n\"partitions\":[}",
                        ":2: this is no JSON: expected the node content, but found '}'"),
                arguments("\"", ":1: this is no JSON: found unexpected end of stream"),
                arguments(
                        "{\"version\":2,\n\"partitions\":[]}",
                        ":1: 'version' is not 1, the only one that is understood"),
                arguments(partition + "-1,\"replicas\":[1]}]}", ":2: 'partition' is -1; it is at least 0"),
                arguments(
                        partition + "0,\"replicas\":[1],\"log_dirs\":[\"/data\"]}]}",
                        ":2: 'log_dirs' names '/data'; only 'any' is possible"),
                arguments(
                        partition + "0,\"replicas\":[1]},\n{\"topic\":\"orders\",\"partition\":0,\"replicas\":[2]}]}",
                        ":3: orders-0 is named twice"),
                arguments(
                        partition + "99999999999,\"replicas\":[1]}]}",
                        ":2: 'partition' is '99999999999', which is beyond the largest number here, 999999999"));
    }
}
