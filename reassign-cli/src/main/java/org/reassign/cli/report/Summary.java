package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reassign.cli.report.Comparison.Row;

/**
 * What one value of an option costs, whatever the other options are.
 *
 * @param scenario the scenario, or null over all of them
 * @param option the option, or {@code scenario}
 * @param value its value, or the name of the brokers' own controller, which has none
 * @param rows how many rows have it
 * @param figures median, least and largest of the rows' medians, by {@link Figure#name()}; null where none is known
 */
public record Summary(String scenario, String option, String value, int rows, Map<String, Spread> figures) {
    static final String SCENARIO = "scenario";

    /** Of all values of all options, and of the scenarios, that differ between rows. */
    static List<Summary> of(List<Row> rows) {
        List<Summary> summaries = new ArrayList<>(by(null, SCENARIO, rows, Row::scenario));
        Map<String, List<Row>> scenarios = grouped(rows, Row::scenario);
        for (String option : Comparison.varied(rows)) {
            summaries.addAll(by(null, option, rows, row -> value(row, option)));
            scenarios.forEach(
                    (scenario, own) -> summaries.addAll(by(scenario, option, own, row -> value(row, option))));
        }
        return summaries;
    }

    /** The brokers' own controller, for which there is no choice, stands beside the values by its name. */
    private static String value(Row row, String option) {
        String value = row.options().get(option);
        return value.isEmpty() ? row.settings().gateway() : value;
    }

    /** Each row of a scenario that has the brokers' own controller beside it, by its varied options, and then that one. */
    static List<Summary> ofRows(Comparison comparison, String scenario) {
        List<Row> rows = comparison.rows().stream()
                .filter(row -> row.scenario().equals(scenario))
                .toList();
        Row rival = rows.stream()
                .filter(row -> row.settings().isRival())
                .findFirst()
                .orElseThrow();
        return Stream.concat(rows.stream().filter(row -> RivalRatio.isRivalOf(rival, row)), Stream.of(rival))
                .map(row -> new Summary(
                        scenario, RivalRatio.COMBINATION, label(row, comparison.varied()), 1, row.figures()))
                .toList();
    }

    /** Those of ours are on the brokers of one gateway, so that it need not be named where anything else is. */
    private static String label(Row row, List<String> varied) {
        String chosen = varied.stream()
                .filter(option -> !option.equals("gateway"))
                .map(row.options()::get)
                .collect(Collectors.joining(", "));
        return row.settings().isRival() || chosen.isEmpty() ? row.settings().gateway() : chosen;
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
