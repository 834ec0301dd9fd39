package org.reassign.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.RunReport;

/** The row of the brokers' own controller, beside those of ours. */
class RivalRowTest {
    private static final Origin ORIGIN =
            new Origin("reassign compare", "1", "now", "17", "os", 2, 1, 1, false, new TreeMap<>());

    @TempDir
    private Path folder;

    private final Comparison comparison = Comparison.of(
            ORIGIN, List.of(ours("separate", 500, 400), ours("consolidated", 250, 100), rival(2000, 1200)));

    private static RunReport ours(String layout, long millis, long writes) {
        RunReport.Settings settings = new RunReport.Settings(
                "embedded",
                layout,
                "recursive",
                "originals",
                "arrival-order",
                List.of("payload"),
                "takeover",
                "batched",
                new TreeMap<>());
        return run(settings, millis, writes, new RunReport.BrokerCost(3L, 2L, 1L, 0L, 1L));
    }

    private static RunReport rival(long millis, long writes) {
        RunReport.Settings settings = RunReport.Settings.ofRival(
                "embedded", "kafka", new TreeMap<>(Map.of("kafka" + RivalRatio.BROKERS_OF, "takeover")));
        return run(settings, millis, writes, new RunReport.BrokerCost(null, null, null, 0L, null));
    }

    private static RunReport run(RunReport.Settings settings, long millis, long writes, RunReport.BrokerCost brokers) {
        RunReport.Costs costs =
                new RunReport.Costs(new RunReport.ZooKeeperCost(writing(writes), Cost.NONE, writing(400)), brokers);
        List<RunReport.PartitionReport> partitions =
                List.of(new RunReport.PartitionReport("t", 0, List.of(1), 1, List.of(1), List.of(1)));
        return new RunReport(
                "move",
                RunReport.Outcome.SETTLED,
                settings,
                partitions,
                List.of(),
                List.of(),
                List.of(),
                costs,
                new RunReport.ControllerReport(1, 2),
                new RunReport.Millis(millis, null, null),
                List.of());
    }

    private static Cost writing(long writes) {
        return new Cost(
                0, writes, 0, 2 * writes, 0, 0, 0, 0, 0, writes, 0, 0, writes, 9, 7, 7, Collections.emptySortedMap());
    }

    @Test
    void itVariesTheGatewayAndNoOptionThatItHasNot() {
        assertThat(comparison.varied()).containsExactly("storage-layout", "gateway");
        assertThat(comparison.values("storage-layout")).containsExactly("separate", "consolidated");
        assertThat(comparison.values("gateway")).containsExactly("takeover", "kafka");
    }

    @Test
    void whatAServerDoesNotSeeIsUnknownAndNotZero() {
        Map<String, Spread> figures = comparison.rows().get(2).figures();
        assertThat(figures)
                .extractingByKeys(
                        "controllerWatchesOutstandingMax",
                        "controllerFailed",
                        "controllerWatchEvents",
                        "brokerRequests",
                        "leaderMoves",
                        "drops",
                        "dropsInSync")
                .containsOnlyNulls();
        assertThat(figures.get("controllerWrites").median()).isEqualTo(1200);
        assertThat(figures.get("allWrites").median()).isEqualTo(1600);
        assertThat(figures.get("allWritesPerPartition").median()).isEqualTo(1600);
    }

    @Test
    void eachRowOfTheSameBrokersIsRelatedToIt() {
        assertThat(comparison.besideRival()).hasSize(2);
        assertThat(texts(comparison.besideRival().get(0))).containsExactly("1/4.0", "1/2.0", "1/2.0", "1/2.0", "1/2.0");
        assertThat(texts(comparison.besideRival().get(1))).containsExactly("1/8.0", "1/3.2", "1/3.2", "1/3.2", "1/3.2");
    }

    private static List<String> texts(RivalRatio ratio) {
        return RivalRatio.figures().stream().map(ratio::text).toList();
    }

    @Test
    void withoutItNothingOfBothTogetherIsShown() {
        Comparison alone = Comparison.of(ORIGIN, List.of(ours("separate", 500, 400)));
        assertThat(alone.besideRival()).isEmpty();
        assertThat(alone.shown(Figure.Group.TOGETHER)).isEmpty();
        assertThat(comparison.shown(Figure.Group.TOGETHER)).hasSize(6);
    }

    @Test
    void csvLeavesItsOptionsEmpty() {
        StringWriter out = new StringWriter();
        Csv.print(comparison, new PrintWriter(out));

        assertThat(out.toString().lines().skip(3))
                .singleElement()
                .asString()
                .startsWith("move,embedded,,,,,,kafka,,settled,2000,2000,2000,,,,1200,1200,1200,");
    }

    @Test
    void thePageHasItInItsOwnTableAndAmongTheLayouts() throws IOException {
        Document page = Jsoup.parse(ReportFolder.open(folder).write(comparison).toFile());

        List<Element> own = page.select("#s0 table tbody tr");
        assertThat(page.select("#s0 h3").first().text()).isEqualTo("Beside Kafka's own controller");
        assertThat(own.stream().map(line -> line.child(0).text())).containsExactly("separate", "consolidated", "kafka");
        assertThat(own.get(1).child(2).text()).isEqualTo("250 1/8.0");
        assertThat(own.get(2).child(2).text()).isEqualTo("2,000");
        assertThat(page.select("#all table").first().select("tbody th").eachText())
                .containsExactly("separate", "consolidated", "kafka");
    }
}
