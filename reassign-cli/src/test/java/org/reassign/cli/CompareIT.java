package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code compare} in this process, with the distribution's plugins and scenarios. */
class CompareIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int compare(String... arguments) {
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(Stream.concat(Stream.of("compare", "--zookeeper=memory"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void consolidatedSavesTheRecordsOwnWrites() throws IOException {
        assertThat(compare(
                        "cancel", "--storage-layout", "separate,consolidated", "--write-mode=single", "--output=json"))
                .isZero();

        JsonNode rows = new ObjectMapper().readTree(out.toString()).path("rows");
        assertThat(rows.findValuesAsText("storageLayout")).containsExactly("separate", "consolidated");
        assertThat(writes(rows.get(0))).isGreaterThan(writes(rows.get(1)));
    }

    private static int writes(JsonNode row) {
        return row.at("/figures/controllerWrites/median").asInt();
    }

    @Test
    void aRowPerCombinationWithTheOptionsThatVary() {
        assertThat(compare("cancel", "--isr-watcher", "per-partition,batched", "--repeat=2"))
                .isZero();

        assertThat(out.toString().lines().limit(3).toList())
                .satisfiesExactly(
                        heading -> assertThat(heading)
                                .contains("scenario  isr-watcher")
                                .doesNotContain("drop-policy"),
                        row -> assertThat(row).contains("cancel    per-partition  settled"),
                        row -> assertThat(row).contains("cancel    batched        settled"));
        assertThat(out.toString()).contains("In all rows: zookeeper memory, storage-layout separate");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void csvHasALinePerRow() {
        assertThat(compare("cancel", "--write-mode=all", "--output=csv")).isZero();

        assertThat(out.toString().lines()).hasSize(4);
        assertThat(out.toString().lines().findFirst().orElseThrow())
                .startsWith("scenario,zookeeper,storage-layout,")
                .contains(",controllerWrites,controllerWritesMin,controllerWritesMax,");
        assertThat(out.toString()).contains("\ncancel,memory,separate,per-partition,prefer-in-sync,arrival-order,");
    }

    @Test
    void anUnknownValueIsNamedBeforeAnythingRuns() {
        assertThat(compare("cancel", "--drop-policy", "originals,nope")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("unknown drop-policy 'nope'; available are ")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anEmptyPlaceInAListIsNamed() {
        assertThat(compare("cancel", "--drop-policy", "originals,")).isEqualTo(2);

        assertThat(err.toString()).startsWith("--drop-policy 'originals,' has an empty place; write one value");
    }

    @Test
    void repetitionsAreCountedFromOne() {
        assertThat(compare("cancel", "--repeat=0")).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("--repeat is 0; write a number from 1 on" + System.lineSeparator());
    }

    @Test
    void realBrokersAreUsedByOneRunAtATime() {
        assertThat(compare("cancel", "--gateway=simulated,takeover", "--parallel=2"))
                .isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo(
                        "--parallel is 2, but the brokers of --gateway takeover are processes that runs use one after"
                                + " another; leave --parallel out" + System.lineSeparator());
    }

    @Test
    void realBrokersNeedAZooKeeperThatTheyReach() {
        assertThat(compare("cancel", "--gateway=takeover", "--rival")).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("--zookeeper is memory, but the brokers of ")
                .hasLineCount(1);
    }

    @Test
    void simulatedBrokersHaveNoControllerOfTheirOwn() {
        assertThat(compare("cancel", "--rival")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("--rival: no brokers that have a controller of their own are compared; choose --gateway"
                        + " takeover, alone or beside others" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }
}
