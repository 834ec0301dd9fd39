package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a comparison for people, or as CSV (RFC 4180, but for the line ends). */
final class ComparisonPrinter {
    private final Comparison comparison;
    private final PrintWriter out;

    ComparisonPrinter(Comparison comparison, PrintWriter out) {
        this.comparison = comparison;
        this.out = out;
    }

    /** A table: the options that vary, then medians, with least and largest where repetitions differ. */
    void table(List<String> varied) {
        List<Object> heading = new ArrayList<>(List.of("scenario"));
        heading.addAll(varied);
        heading.add("outcome");
        Figure.ALL.forEach(figure -> heading.add(figure.heading()));
        Table table = new Table().row(heading.toArray());
        for (Comparison.Row row : comparison.rows()) {
            List<Object> cells = new ArrayList<>(List.of(row.scenario()));
            varied.forEach(option -> cells.add(row.options().get(option)));
            cells.add(row.outcome().text());
            Figure.ALL.forEach(figure -> cells.add(text(row.figures().get(figure.name()))));
            table.row(cells.toArray());
        }
        table.print(out, varied.size() + 2);
        same(varied);
        out.flush();
    }

    /** What is the same in all rows stands below them once. */
    private void same(List<String> varied) {
        String text = comparison.rows().get(0).options().entrySet().stream()
                .filter(option -> !varied.contains(option.getKey()))
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(", "));
        out.println();
        out.println("  In all rows: " + text + ". ZooKeeper operations are the controller's.");
    }

    private static String text(Figure.Spread spread) {
        if (spread == null) {
            return "-";
        }
        return spread.min() == spread.max()
                ? number(spread.median())
                : number(spread.median()) + " (" + number(spread.min()) + "-" + number(spread.max()) + ")";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** One line per row: scenario, options, outcome, and median, least and largest of each figure. */
    void csv() {
        List<String> heading = new ArrayList<>(List.of("scenario"));
        heading.addAll(comparison.rows().get(0).options().keySet());
        heading.add("outcome");
        for (Figure figure : Figure.ALL) {
            heading.addAll(List.of(figure.name(), figure.name() + "Min", figure.name() + "Max"));
        }
        line(heading);
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.scenario()));
            cells.addAll(row.options().values());
            cells.add(row.outcome().text());
            for (Map.Entry<String, Figure.Spread> figure : row.figures().entrySet()) {
                Figure.Spread spread = figure.getValue();
                cells.addAll(
                        spread == null
                                ? List.of("", "", "")
                                : List.of(number(spread.median()), number(spread.min()), number(spread.max())));
            }
            line(cells);
        }
        out.flush();
    }

    private void line(List<String> cells) {
        out.println(cells.stream().map(ComparisonPrinter::cell).collect(Collectors.joining(",")));
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
