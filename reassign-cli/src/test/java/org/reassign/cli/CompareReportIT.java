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
import java.util.Locale;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code compare --report}, with the distribution's plugins and scenarios. */
class CompareReportIT {
    @TempDir
    private Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int compare(Object... arguments) {
        CommandLine line = Reassign.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(Stream.concat(Stream.of("compare", "--zookeeper=memory"), Stream.of(arguments))
                .map(String::valueOf)
                .toArray(String[]::new));
    }

    private static JsonNode json(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("compare.json").toFile());
    }

    private static Document page(Path folder) throws IOException {
        return Jsoup.parse(folder.resolve("index.html").toFile());
    }

    private static JsonNode data(Document page) throws IOException {
        return new ObjectMapper().readTree(page.getElementById("data").data());
    }

    @Test
    void thePageHasEachFigureOfEachRow() throws IOException {
        Path folder = temporary.resolve("made/where/missing");
        assertThat(compare("cancel", "change-one", "--storage-layout=separate,consolidated", "--report", folder))
                .isZero();

        assertThat(out.toString().lines().reduce((first, second) -> second))
                .contains("  The report: " + folder.resolve("index.html"));
        assertThat(err.toString()).isEmpty();
        JsonNode data = data(page(folder));
        List<JsonNode> shown = new ArrayList<>();
        data.path("tables").forEach(table -> table.forEach(shown::add));
        JsonNode rows = json(folder).path("rows");
        assertThat(rows).hasSize(4);
        assertThat(shown).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(shown.get(i).get(0).asText())
                    .isEqualTo(rows.get(i).at("/settings/storageLayout").asText());
            int at = 2;
            for (String name : data.path("groups").findValuesAsText("name")) {
                assertThat(shown.get(i).get(at++))
                        .as(name)
                        .isEqualTo(
                                rows.get(i)
                                                .path("figures")
                                                .path(name)
                                                .path("median")
                                                .isMissingNode()
                                        ? new ObjectMapper().nullNode()
                                        : rows.get(i).path("figures").path(name).path("median"));
            }
            assertThat(shown.get(i)).hasSize(at);
        }
    }

    @Test
    void theSummarySaysWhatEachValueCostsBesideTheLeast() throws IOException {
        assertThat(compare("cancel", "--write-mode=single", "--storage-layout=all", "--report", temporary))
                .isZero();

        Element table = page(temporary).selectFirst("#all table");
        List<String> headings = table.select("thead th").eachText();
        int writes = headings.indexOf("writes");
        List<String> cells = new ArrayList<>();
        table.select("tbody tr")
                .forEach(line -> cells.add(
                        line.child(0).text() + " " + line.child(writes).text()));
        JsonNode summaries = json(temporary).path("summaries");
        double least = Double.MAX_VALUE;
        for (JsonNode summary : summaries) {
            least = Math.min(
                    least, summary.at("/figures/controllerWrites/median").asDouble());
        }
        List<String> expected = new ArrayList<>();
        for (JsonNode summary : summaries) {
            if (summary.path("option").asText().equals("storage-layout")
                    && summary.path("scenario").isNull()) {
                double median = summary.at("/figures/controllerWrites/median").asDouble();
                expected.add(summary.path("value").asText() + " " + (int) median
                        + (median == least ? " least" : String.format(Locale.ROOT, " × %.2f", median / least)));
            }
        }
        assertThat(expected).hasSize(4);
        assertThat(cells).isEqualTo(expected);
        assertThat(cells).anyMatch(cell -> cell.endsWith("least")).anyMatch(cell -> cell.contains("×"));
    }

    @Test
    void thePageFetchesNothingAndItsPolicyForbidsIt() throws IOException {
        assertThat(compare("cancel", "--report", temporary)).isZero();

        Document page = page(temporary);
        assertThat(page.select("[src], link, iframe, object, embed, base")).isEmpty();
        assertThat(page.select("[href]").eachAttr("href"))
                .allMatch(link -> link.startsWith("#") || link.equals("compare.json") || link.equals("compare.csv"));
        assertThat(page.selectFirst("style").data()).doesNotContain("url(", "@import");
        assertThat(page.selectFirst("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-");
    }

    @Test
    void thePageNamesWhatMadeIt() throws IOException {
        assertThat(compare("cancel", "--repeat=2", "--isr-watcher=per-partition", "--report", temporary))
                .isZero();

        assertThat(page(temporary).select("#made dd").eachText())
                .contains("reassign compare --zookeeper=memory cancel --repeat=2 --isr-watcher=per-partition --report "
                        + temporary)
                .anyMatch(text -> text.contains("Java " + System.getProperty("java.version")));
        assertThat(json(temporary).path("runs")).hasSize(2);
        assertThat(page(temporary).select("#columns dt").eachText()).contains("largest znode", "watches", "create");
    }

    @Test
    void hostileNamesAreText() throws IOException {
        String hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
        Path scenario = temporary.resolve("hostile.yaml");
        Files.writeString(
                scenario,
                "name: '" + hostile.replace("'", "''")
                        + "'\nbrokers: [0, 1]\ntopics: {t: {partitions: {0: [0]}}}\n"
                        + "steps:\n  - request: {t-0: [1]}\n  - await: settled\nexpect: {replicas: {t-0: [0]}}\n");
        assertThat(compare(scenario, "--storage-layout=separate,consolidated", "--report", temporary))
                .isEqualTo(1);

        Document page = page(temporary);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.select("script")).hasSize(3);
        assertThat(page.select("h2").eachText()).contains(hostile);
        assertThat(page.select(".rows").attr("data-name")).isEqualTo(hostile);
        assertThat(page.select(".faults li").eachText()).anyMatch(fault -> fault.startsWith(hostile));
    }

    @Test
    void aFileInTheFoldersPlaceIsNamedBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "");

        assertThat(compare("cancel", "--report", file)).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo(
                        "--report: " + file + " is a file; name a folder that can be written" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(temporary.resolve("taken"), "");

        assertThat(compare("cancel", "--report", file.resolve("below"))).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("--report: nothing can be written in ")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void nothingElseIsLeftInTheFolder() throws IOException {
        assertThat(compare("cancel", "--report", temporary, "--output=json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(json(temporary));

        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("index.html", "compare.json", "compare.csv");
        }
    }
}
