package org.reassign.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reassign.cli.report.Comparison.Row;

/**
 * How a row relates to that of the brokers' own controller for the same scenario on the same brokers.
 *
 * @param scenario the scenario
 * @param options the row's settings by the names of their options
 * @param ratios the row's median of a figure divided by the other's, by {@link Figure#name()}; null where one of them is
 *     unknown or the other is 0
 */
public record RivalRatio(String scenario, Map<String, String> options, Map<String, Double> ratios) {
    /** What is related: the time, and what all sessions together cost ZooKeeper. */
    private static final List<Figure> FIGURES = List.of(
            Figure.named("millis"),
            Figure.named("allWrites"),
            Figure.named("allReads"),
            Figure.named("allTransactions"),
            Figure.named("allBytesWritten"));

    /** What a table of rows beside the brokers' own controller calls them. */
    static final String COMBINATION = "combination";

    /** The name under which a rival's settings have the gateway to whose brokers it belongs. */
    public static final String BROKERS_OF = ".brokers-of";

    static List<RivalRatio> of(List<Row> rows) {
        List<RivalRatio> ratios = new ArrayList<>();
        for (Row row : rows) {
            rows.stream()
                    .filter(other -> isRivalOf(other, row))
                    .findFirst()
                    .ifPresent(rival -> ratios.add(new RivalRatio(row.scenario(), row.options(), ratios(row, rival))));
        }
        return ratios;
    }

    /** Whether a row is that of the brokers' own controller beside another. */
    static boolean isRivalOf(Row rival, Row row) {
        return rival.settings().isRival()
                && rival.scenario().equals(row.scenario())
                && row.settings()
                        .gateway()
                        .equals(rival.settings().set().get(rival.settings().gateway() + BROKERS_OF));
    }

    private static Map<String, Double> ratios(Row row, Row rival) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        FIGURES.forEach(figure -> ratios.put(figure.name(), ratio(row, rival, figure)));
        return ratios;
    }

    private static Double ratio(Row row, Row rival, Figure figure) {
        Spread ours = row.figures().get(figure.name());
        Spread its = rival.figures().get(figure.name());
        return ours == null || its == null || its.median() == 0 ? null : (Double) (ours.median() / its.median());
    }

    /** The figures that are related, in order. */
    public static List<Figure> figures() {
        return FIGURES;
    }

    /** A ratio as {@code 1/8.3} or {@code 1.25}. */
    public String text(Figure figure) {
        Double ratio = ratios.get(figure.name());
        if (ratio == null) {
            return "-";
        }
        return ratio > 0 && ratio < 1
                ? String.format(Locale.ROOT, "1/%.1f", 1 / ratio)
                : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
