package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reassign.cli.report.Comparison.Row;

/**
 * What one value of an option costs, whatever the other options are.
 *
 * @param scenario the scenario, or null over all of them
 * @param option the option, or {@code scenario}
 * @param value its value
 * @param rows how many rows have it
 * @param figures median, least and largest of the rows' medians, by {@link Figure#name()}; null where none is known
 */
public record Summary(String scenario, String option, String value, int rows, Map<String, Spread> figures) {
    static final String SCENARIO = "scenario";

    /** Of all values of all options, and of the scenarios, that differ between rows. */
    static List<Summary> of(List<Row> rows) {
        List<Summary> summaries = new ArrayList<>(by(null, SCENARIO, rows, Row::scenario));
        Map<String, List<Row>> scenarios = grouped(rows, Row::scenario);
        for (String option : rows.get(0).options().keySet()) {
            if (grouped(rows, row -> row.options().get(option)).size() == 1) {
                continue;
            }
            summaries.addAll(by(null, option, rows, row -> row.options().get(option)));
            scenarios.forEach((scenario, own) -> summaries.addAll(
                    by(scenario, option, own, row -> row.options().get(option))));
        }
        return summaries;
    }

    private static List<Summary> by(String scenario, String option, List<Row> rows, Function<Row, String> value) {
        List<Summary> summaries = new ArrayList<>();
        grouped(rows, value)
                .forEach((key, own) -> summaries.add(new Summary(scenario, option, key, own.size(), spreads(own))));
        return summaries;
    }

    private static Map<String, List<Row>> grouped(List<Row> rows, Function<Row, String> key) {
        return rows.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<String, Spread> spreads(List<Row> rows) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        Figure.ALL.forEach(figure -> spreads.put(
                figure.name(),
                Spread.of(rows.stream()
                        .map(row -> row.figures().get(figure.name()))
                        .map(spread -> spread == null ? null : spread.median()))));
        return spreads;
    }

    /** The median of a figure; null where it is not known. */
    Double median(Figure figure) {
        Spread spread = figures.get(figure.name());
        return spread == null ? null : spread.median();
    }

    /** Whether a figure's median is not the same in all of some summaries. */
    static boolean differ(List<Summary> values, Figure figure) {
        return values.stream().map(value -> value.median(figure)).distinct().count() > 1;
    }
}
