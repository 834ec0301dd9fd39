package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.reassign.cli.report.Comparison;
import org.reassign.cli.report.Comparison.Row;
import org.reassign.cli.report.Figure;
import org.reassign.cli.report.Spread;

/** Prints a comparison for people. */
final class ComparisonPrinter {
    private final Comparison comparison;
    private final PrintWriter out;

    ComparisonPrinter(Comparison comparison, PrintWriter out) {
        this.comparison = comparison;
        this.out = out;
    }

    /**
     * A table per group of figures: the options that vary, then medians, with least and largest where repetitions
     * differ. Beyond the first table, figures that are nowhere but zero are left out.
     */
    void print() {
        table(comparison.shown(Figure.Group.OVERVIEW));
        same();
        for (Figure.Group group : Figure.Group.values()) {
            List<Figure> figures = comparison.shown(group);
            if (group != Figure.Group.OVERVIEW && !figures.isEmpty()) {
                out.println();
                out.println(Terminal.ansi().string("@|bold " + group.heading() + "|@"));
                table(figures);
            }
        }
        out.flush();
    }

    private void table(List<Figure> figures) {
        List<String> varied = comparison.varied();
        List<Object> heading = new ArrayList<>(List.of("scenario"));
        heading.addAll(varied);
        heading.add("outcome");
        figures.forEach(figure -> heading.add(figure.heading()));
        Table table = new Table().row(heading.toArray());
        for (Row row : comparison.rows()) {
            List<Object> cells = new ArrayList<>(List.of(row.scenario()));
            varied.forEach(option -> cells.add(row.options().get(option)));
            cells.add(row.outcome().text());
            figures.forEach(figure -> cells.add(text(row.figures().get(figure.name()))));
            table.row(cells.toArray());
        }
        table.print(out, varied.size() + 2);
    }

    /** What is the same in all rows stands below the first table once. */
    private void same() {
        List<String> varied = comparison.varied();
        String text = comparison.rows().get(0).options().entrySet().stream()
                .filter(option -> !varied.contains(option.getKey()))
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(", "));
        out.println();
        out.println("  In all rows: " + text + ". ZooKeeper operations are the controller's.");
    }

    private static String text(Spread spread) {
        if (spread == null) {
            return "-";
        }
        return spread.isFlat()
                ? Spread.number(spread.median())
                : Spread.number(spread.median()) + " (" + Spread.number(spread.min()) + "-"
                        + Spread.number(spread.max()) + ")";
    }
}
