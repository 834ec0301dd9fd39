package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.reassign.cli.report.Comparison;
import org.reassign.cli.report.Comparison.Row;
import org.reassign.cli.report.Figure;
import org.reassign.cli.report.RivalRatio;
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
        if (!comparison.besideRival().isEmpty()) {
            besideRival();
        }
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
            varied.forEach(option -> cells.add(shown(row.options().get(option))));
            cells.add(row.outcome().text());
            figures.forEach(figure -> cells.add(text(row.figures().get(figure.name()))));
            table.row(cells.toArray());
        }
        table.print(out, varied.size() + 2);
    }

    /** What ours takes of each figure of Kafka's own controller. */
    private void besideRival() {
        out.println();
        out.println(Terminal.ansi()
                .string("@|bold Beside Kafka's own controller: medians divided by its, operations of all sessions|@"));
        List<String> varied = comparison.varied();
        List<Object> heading = new ArrayList<>(List.of("scenario"));
        heading.addAll(varied);
        RivalRatio.figures().forEach(figure -> heading.add(figure.heading()));
        Table table = new Table().row(heading.toArray());
        for (RivalRatio ratio : comparison.besideRival()) {
            List<Object> cells = new ArrayList<>(List.of(ratio.scenario()));
            varied.forEach(option -> cells.add(ratio.options().get(option)));
            RivalRatio.figures().forEach(figure -> cells.add(ratio.text(figure)));
            table.row(cells.toArray());
        }
        table.print(out, varied.size() + 1);
    }

    /** What is the same in all rows stands below the first table once. */
    private void same() {
        List<String> varied = comparison.varied();
        String text = comparison.rows().get(0).options().entrySet().stream()
                .filter(option -> !varied.contains(option.getKey()))
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(", "));
        out.println();
        out.println(
                "  In all rows: " + text + ". ZooKeeper operations are the controller's."
                        + (comparison.besideRival().isEmpty()
                                ? ""
                                : " Those of 'kafka', which has none of these choices, are of the broker that is the controller."));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "-" : value;
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
