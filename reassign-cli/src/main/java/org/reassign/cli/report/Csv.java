package org.reassign.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison as CSV (RFC 4180, but for the line ends). */
public final class Csv {
    private Csv() {}

    /** One line per row: scenario, options, outcome, and median, least and largest of each figure. */
    public static void print(Comparison comparison, PrintWriter out) {
        List<String> heading = new ArrayList<>(List.of("scenario"));
        heading.addAll(comparison.rows().get(0).options().keySet());
        heading.add("outcome");
        for (Figure figure : Figure.ALL) {
            heading.addAll(List.of(figure.name(), figure.name() + "Min", figure.name() + "Max"));
        }
        out.println(line(heading));
        for (Comparison.Row row : comparison.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.scenario()));
            cells.addAll(row.options().values());
            cells.add(row.outcome().text());
            row.figures().values().forEach(spread -> cells.addAll(cells(spread)));
            out.println(line(cells));
        }
        out.flush();
    }

    private static List<String> cells(Spread spread) {
        return spread == null
                ? List.of("", "", "")
                : List.of(Spread.number(spread.median()), Spread.number(spread.min()), Spread.number(spread.max()));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
