package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Every bundled scenario, in real time and with the distribution's plugins, settles on the same replicas whatever is
 * combined. So many combinations as it takes that any two choices meet; all of them with {@code -Pmatrix}.
 */
class MatrixIT {
    private static final boolean WHOLE = Boolean.getBoolean("reassign.matrix");
    private static final int BUNDLED_SCENARIOS = 10;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private JsonNode compare() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                "all",
                "--output=json",
                "--parallel=4",
                "--zookeeper=all",
                "--storage-layout=all",
                "--isr-watcher=all",
                "--drop-policy=all",
                "--write-mode=all"));
        if (!WHOLE) {
            arguments.add("--pairs");
        }
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void everyScenarioSettlesAlikeWhateverIsCombined() throws IOException {
        JsonNode runs = compare().path("runs");

        assertThat(runs).hasSizeGreaterThanOrEqualTo(WHOLE ? BUNDLED_SCENARIOS * 2 * 2 * 2 * 4 * 3 : 32);
        SortedMap<String, Map<String, String>> replicas = new TreeMap<>();
        for (JsonNode run : runs) {
            assertThat(run.path("outcome").asText()).isEqualTo("settled");
            assertThat(run.path("leftovers")).isEmpty();
            String scenario = run.path("scenario").asText();
            Map<String, String> found = replicasOf(run);
            assertThat(found).isNotEmpty();
            assertThat(found)
                    .as(scenario + " with " + run.path("settings"))
                    .isEqualTo(replicas.computeIfAbsent(scenario, first -> found));
        }
        assertThat(replicas).hasSizeGreaterThanOrEqualTo(BUNDLED_SCENARIOS);
    }

    private static Map<String, String> replicasOf(JsonNode run) {
        Map<String, String> replicas = new TreeMap<>();
        run.path("partitions")
                .forEach(partition -> replicas.put(
                        partition.path("topic").asText() + "-"
                                + partition.path("partition").asInt(),
                        partition.path("replicas").toString()));
        return replicas;
    }
}
