package org.reassign.cli.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reassign.simulation.scenario.RunReport;

/**
 * What came of a comparison.
 *
 * @param origin what it was made with
 * @param runs every run's report, each row with its repetitions
 * @param rows one per scenario and combination, in the order of the runs
 * @param summaries what each value of each varied option costs, in all scenarios and in each
 * @param besideRival how rows relate to that of the brokers' own controller; empty where that has none
 */
public record Comparison(
        Origin origin, List<RunReport> runs, List<Row> rows, List<Summary> summaries, List<RivalRatio> besideRival) {
    /** Puts the repetitions of each row together. */
    public static Comparison of(Origin origin, List<RunReport> runs) {
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < runs.size(); at += origin.repeat()) {
            rows.add(Row.of(runs.subList(at, at + origin.repeat())));
        }
        return new Comparison(origin, runs, rows, Summary.of(rows), RivalRatio.of(rows));
    }

    /** Whether every run has settled. */
    @JsonIgnore
    public boolean isSettled() {
        return runs.stream().allMatch(run -> run.outcome() == RunReport.Outcome.SETTLED);
    }

    /** The options that have more than one value, in the order of the options. */
    public List<String> varied() {
        return varied(rows);
    }

    static List<String> varied(List<Row> rows) {
        return rows.get(0).options().keySet().stream()
                .filter(option -> values(rows, option).size() > 1)
                .toList();
    }

    /** The values of an option, in the order in which they were run, without that of rows that have none. */
    public List<String> values(String option) {
        return values(rows, option);
    }

    private static List<String> values(List<Row> rows, String option) {
        return rows.stream()
                .map(row -> row.options().get(option))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    /** The scenarios, in the order in which they were run. */
    public List<String> scenarios() {
        return rows.stream().map(Row::scenario).distinct().toList();
    }

    /**
     * The figures of a group; but for the overview, without those that are zero or unknown in all rows. Those of controller
     * and brokers together are shown beside the brokers' own controller.
     */
    public List<Figure> shown(Figure.Group group) {
        if (group == Figure.Group.TOGETHER && besideRival.isEmpty()) {
            return List.of();
        }
        return group.figures().stream()
                .filter(figure -> group == Figure.Group.OVERVIEW || isSomewhere(figure))
                .toList();
    }

    private boolean isSomewhere(Figure figure) {
        return rows.stream()
                .map(row -> row.figures().get(figure.name()))
                .anyMatch(spread -> spread != null && spread.max() > 0);
    }

    /** One sentence for each thing that is not as asked, with the scenario and the settings. */
    public List<String> faults() {
        return runs.stream()
                .flatMap(run -> run.faults().stream()
                        .map(fault -> run.scenario() + " with " + text(run.settings()) + ": " + fault))
                .toList();
    }

    private static String text(RunReport.Settings settings) {
        return options(settings).values().stream()
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Settings by the names of their options, in the order of the options; empty where there is no choice. */
    private static Map<String, String> options(RunReport.Settings settings) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("zookeeper", settings.zookeeper());
        options.put("storage-layout", settings.storageLayout());
        options.put("isr-watcher", settings.isrWatcher());
        options.put("drop-policy", settings.dropPolicy());
        options.put("conflict-policy", settings.conflictPolicy());
        options.put("request-channel", String.join("+", settings.requestChannels()));
        options.put("gateway", settings.gateway());
        options.put("write-mode", settings.writeMode());
        options.replaceAll((option, value) -> value == null ? "" : value);
        return options;
    }

    /**
     * One scenario and combination.
     *
     * @param outcome settled where all repetitions have, else the outcome of the first that has not
     * @param figures by {@link Figure#name()}; null where a figure is not known
     */
    public record Row(
            String scenario, RunReport.Outcome outcome, RunReport.Settings settings, Map<String, Spread> figures) {
        private static Row of(List<RunReport> runs) {
            Map<String, Spread> figures = new LinkedHashMap<>();
            Figure.ALL.forEach(figure -> figures.put(figure.name(), figure.over(runs)));
            RunReport first = runs.stream()
                    .filter(run -> run.outcome() != RunReport.Outcome.SETTLED)
                    .findFirst()
                    .orElse(runs.get(0));
            return new Row(first.scenario(), first.outcome(), first.settings(), figures);
        }

        /**
         * The settings by the names of their options, in the order of the options; empty where the brokers' own
         * controller leaves no choice.
         */
        public Map<String, String> options() {
            return Comparison.options(settings);
        }
    }
}
