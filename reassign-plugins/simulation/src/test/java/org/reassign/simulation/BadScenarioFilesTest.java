package org.reassign.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.simulation.scenario.ScenarioException;
import org.reassign.simulation.scenario.ScenarioParser;

/** Whatever stands in a scenario file, it is read or refused in a sentence with file and line. */
class BadScenarioFilesTest {
    private static final String YAML = """
            name: interrupt
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
              many:   {count: 2, partitionsPerTopic: 3, replicationFactor: 2, bytesPerPartition: 0}
            minInSyncReplicas: 1
            replication: {bytesPerSecondPerBroker: 50MB, isrNotificationLinger: 50ms}
            steps:
              - hold: [orders-0@3]
              - request: {orders-0: [2, 3]}
                via: legacy
              - await: {inSync: {orders-0: [2]}}
              - request: {topics: many, shiftBy: 2}
              - request: {file: kafka.json}
              - kill: {broker: 1}
              - start: controller
              - sleep: 200ms
              - await: settled
                timeout: 30s
            expect: {replicas: {orders-0: [3, 4]}, answers: {orders-0: [completed|refused]}, noLeftovers: true}
            """;
    private static final String JSON = "{\"name\":\"n\",\"brokers\":{\"count\":4,\"racks\":[\"a\",\"b\"]},"
            + "\"topics\":{\"orders\":{\"partitions\":{\"0\":[0,1]},\"bytesPerPartition\":\"10MB\"},"
            + "\"many\":{\"count\":2,\"partitionsPerTopic\":3,\"replicationFactor\":2}},"
            + "\"steps\":[{\"request\":{\"orders-0\":[2,3],\"many-1-0\":null},\"reason\":\"r\"},"
            + "{\"release\":\"all\"},{\"await\":{\"inFlight\":[\"orders-0\"]},\"timeout\":\"1s\"},"
            + "{\"deleteTopic\":\"orders\"}],\"expect\":{\"drops\":{\"orders-0\":[2]}}}";
    private static final String KAFKAS = "{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0,"
            + "\"replicas\":[1,2],\"log_dirs\":[\"any\",\"any\"]}]}";
    private static final String READS_KAFKAS = """
            name: n
            brokers: [0, 1, 2]
            topics:
              orders: {partitions: {0: [0, 1]}}
            steps:
              - request: {file: kafka.json}
            """;

    private static final List<String> TOKENS = List.of(
            "",
            "null",
            "~",
            "[]",
            "{}",
            "[",
            "]",
            "{",
            "}",
            "-1",
            "2000000000",
            "999999999",
            "99999999999999999999",
            "1e400",
            ".nan",
            "0x10",
            "99999999999GB",
            "99999999999999GB",
            "999999999s",
            "1.5",
            "\t",
            "&a [1]",
            "*a",
            "&a [*a]",
            "&a {x: *a}",
            "<<: *a",
            "!!java.net.URL x",
            "!foo",
            "!!binary x",
            "!!set {a}",
            "!!str 0",
            "|",
            ">-",
            "? a",
            "---",
            "...",
            "%YAML 1.1",
            "#",
            "'",
            "\"",
            "\"\\ud800\"",
            "\u0000",
            "\ufeff",
            "\u2028",
            "größe",
            "a: b: c",
            "- - -",
            "orders-0",
            "orders-0@9",
            "orders--1",
            "../../no/such.json",
            "/dev/zero",
            "kafka.json\u0000",
            "all");
    private static final List<String> HEAVY = List.of(
            "[".repeat(10_000),
            "{a: ".repeat(10_000),
            "- ".repeat(10_000),
            "x".repeat(100_000),
            "9".repeat(5_000),
            "[" + "1,".repeat(10_000) + "1]",
            bomb(),
            "? ".repeat(5_000));
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9@|.-]+|[\\[\\]{}:,]");
    private static final Pattern FILE_AND_LINE =
            Pattern.compile("(?s)[^ ]*(s\\.yaml|kafka\\.json):[1-9][0-9]*: .{5,1000}");

    @TempDir
    Path folder;

    /** Each list names the one before ten times. */
    private static String bomb() {
        StringBuilder text = new StringBuilder("[&a0 [1]");
        for (int i = 1; i < 12; i++) {
            text.append(", &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(9))
                    .append("1]");
        }
        return text.append(']').toString();
    }

    @Test
    void aYamlFile() {
        Cases.each(6, draw -> parse(draw, YAML, folder));
    }

    @Test
    void aJsonFile() {
        Cases.each(4, draw -> isAnswered(new String(Mutation.bytes(draw, JSON), StandardCharsets.UTF_8), folder));
    }

    @Test
    void bytesOnDiskAndAFileInKafkasFormat() {
        Cases.each(1, draw -> {
            try {
                Files.write(folder.resolve("kafka.json"), Mutation.bytes(draw, KAFKAS));
                isAnswered(READS_KAFKAS, folder);
                Path file = folder.resolve("s.yaml");
                Files.write(file, Mutation.bytesOf(draw, true, YAML));
                isAnswered(() -> ScenarioParser.read(file));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void parse(Draw draw, String valid, Path folder) {
        String text = valid;
        for (int i = draw.below(3); i >= 0; i--) {
            List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
            if (!tokens.isEmpty()) {
                MatchResult token = draw.of(tokens);
                String other = draw.of(draw.oneIn(200) ? HEAVY : TOKENS);
                text = text.substring(0, token.start()) + other + text.substring(token.end());
            }
        }
        draw.shows(text);
        isAnswered(text, folder);
    }

    private static void isAnswered(String text, Path folder) {
        isAnswered(() -> ScenarioParser.parse("s.yaml", text, folder));
    }

    private static void isAnswered(Runnable reading) {
        try {
            reading.run();
        } catch (ScenarioException refused) {
            String sentence = refused.getMessage();
            boolean located = FILE_AND_LINE.matcher(sentence).matches()
                    || sentence.contains(" cannot be read (") && sentence.endsWith("in UTF-8");
            if (!located || !Sentences.isPrintable(sentence)) {
                throw new AssertionError("no printable sentence with file and line: " + sentence, refused);
            }
        }
    }
}
