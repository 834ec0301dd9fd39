package org.reassign.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reassign.core.scenario.RunReport;

/**
 * What came of a comparison.
 *
 * @param runs every run's report, the repetitions of a row behind one another
 * @param rows one per scenario and combination, in the order of the runs
 */
record Comparison(List<RunReport> runs, List<Row> rows) {
    /** Puts the repetitions of each row together. */
    static Comparison of(List<RunReport> runs, int repeat) {
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < runs.size(); at += repeat) {
            rows.add(Row.of(runs.subList(at, at + repeat)));
        }
        return new Comparison(runs, rows);
    }

    /** Whether every run has settled. */
    @JsonIgnore
    boolean isSettled() {
        return runs.stream().allMatch(run -> run.outcome() == RunReport.Outcome.SETTLED);
    }

    /**
     * One scenario and combination.
     *
     * @param outcome settled where all repetitions have, else what came of the first that has not
     * @param figures by {@link Figure#name()}; null where a figure is not known
     */
    record Row(
            String scenario,
            RunReport.Outcome outcome,
            RunReport.Settings settings,
            Map<String, Figure.Spread> figures) {
        private static Row of(List<RunReport> runs) {
            Map<String, Figure.Spread> figures = new LinkedHashMap<>();
            Figure.ALL.forEach(figure -> figures.put(figure.name(), figure.over(runs)));
            RunReport first = runs.stream()
                    .filter(run -> run.outcome() != RunReport.Outcome.SETTLED)
                    .findFirst()
                    .orElse(runs.get(0));
            return new Row(first.scenario(), first.outcome(), first.settings(), figures);
        }

        /** The settings by the names of their options, in the order of the options. */
        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("zookeeper", settings.zookeeper());
            options.put("storage-layout", settings.storageLayout());
            options.put("isr-watcher", settings.isrWatcher());
            options.put("drop-policy", settings.dropPolicy());
            options.put("conflict-policy", settings.conflictPolicy());
            options.put("request-channel", String.join("+", settings.requestChannels()));
            options.put("gateway", settings.gateway());
            options.put("write-mode", settings.writeMode());
            return options;
        }
    }
}
