package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** {@code compare --rival} on real brokers; only with the profile {@code brokers}. */
@EnabledIfSystemProperty(named = "reassign.brokers", matches = "true")
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RivalIT {
    private static final int PARTITIONS = 10;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private JsonNode compare(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("compare", "--gateway=takeover", "--rival", "--output=json"));
        String jars = System.getProperty("reassign.kafka.jars", "");
        if (!jars.isEmpty()) {
            all.add("--set=takeover.kafka-home=" + jars);
        }
        all.addAll(List.of(arguments));
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(all.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    /**
     * Kafka's controller writes AR twice and {@code state} four times a partition, each alone, and more often where a leader
     * writes at the same moment; leaders write {@code state} once or twice.
     */
    @Test
    void eachDoesTheSameOnOneSetOfBrokers() throws IOException {
        Path scenario = Files.writeString(folder.resolve("s.yaml"), """
                name: small
                brokers: [0, 1, 2, 3]
                topics: {t: {count: 1, partitionsPerTopic: 10, replicationFactor: 2, bytesPerPartition: 0}}
                steps:
                  - request: {topics: t, shiftBy: 2}
                    timeout: 90s
                  - await: settled
                    timeout: 90s
                expect: {replicas: {topics: t, shiftBy: 2}, noLeftovers: true}
                """);

        JsonNode compared = compare(scenario.toString(), "--storage-layout=separate,consolidated", "--repeat=2");

        assertThat(compared.path("rows").findValuesAsText("gateway")).containsExactly("takeover", "takeover", "kafka");
        assertThat(compared.path("runs")).hasSize(6);
        assertThat(err.toString()).doesNotContain("new brokers");
        JsonNode rival = compared.path("rows").get(2);
        assertThat(median(rival, "allWritesPerPartition")).isGreaterThan(7);
        assertThat(median(rival, "controllerWritesTopic")).isEqualTo(2 * PARTITIONS);
        assertThat(median(rival, "controllerTransactions")).isGreaterThanOrEqualTo(6 * PARTITIONS);
        JsonNode consolidated = compared.path("rows").get(1);
        assertThat(median(consolidated, "allWrites")).isLessThan(median(rival, "allWrites"));
        assertThat(median(consolidated, "brokersWrites")).isPositive();
        assertThat(compared.path("besideRival")).hasSize(2);
    }

    @Test
    void kafkaIsInterruptedAndCancelledToo() throws IOException {
        JsonNode compared = compare("interrupt", "cancel", "crash");

        assertThat(Stream.of(0, 1, 2, 3, 4)
                        .map(row -> compared.at("/rows/" + row + "/settings/gateway")
                                .asText()))
                .containsExactly("takeover", "kafka", "takeover", "kafka", "takeover");
        compared.path("runs")
                .forEach(run -> assertThat(run.path("outcome").asText())
                        .as(run.path("faults").toString())
                        .isEqualTo("settled"));
        assertThat(err.toString()).contains("the brokers' own controller cannot play crash");
    }

    private static double median(JsonNode row, String figure) {
        return row.at("/figures/" + figure + "/median").asDouble();
    }
}
