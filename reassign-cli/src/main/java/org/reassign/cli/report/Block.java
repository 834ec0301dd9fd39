package org.reassign.cli.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the values of one option cost, or rows beside the brokers' own controller, in a table. The page's template names
 * the components.
 *
 * @param title above it
 * @param option the option
 * @param columns the figures in which values differ
 * @param lines one per value
 * @param same the sentence on what is the same for all values
 * @param charts the places for charts
 */
record Block(String title, String option, List<Figure> columns, List<Line> lines, String same, List<Place> charts) {
    /** One value; {@code rows} is how many rows have it. */
    record Line(String value, String rows, List<Cell> cells) {}

    /**
     * A median.
     *
     * @param text the median, with thousands separated
     * @param relative how it relates to the least
     * @param least whether it is the least
     * @param share how long a bar behind it is, in percent of the largest
     */
    record Cell(String text, String relative, boolean least, long share) {}

    /** Where a chart is drawn; {@code height} in pixels. */
    record Place(String id, String title, int height) {}

    /** Only the figures in which the values of an option differ are shown. */
    static Block ofOption(String id, List<Summary> values, String same) {
        List<Figure> differing = Figure.Group.OVERVIEW.figures().stream()
                .filter(figure -> Summary.differ(values, figure))
                .toList();
        String option = values.get(0).option();
        return new Block("By " + option, option, differing, lines(values, differing, true), same, places(id, values));
    }

    /** Rows of a scenario, and how they relate to the one of the brokers' own controller, which is the last. */
    static Block ofRival(String id, List<Summary> rows, List<RivalRatio> ratios) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            RivalRatio ratio = i < ratios.size() ? ratios.get(i) : null;
            Summary row = rows.get(i);
            lines.add(new Line(
                    row.value(),
                    "1",
                    RivalRatio.figures().stream()
                            .map(figure -> cell(row.median(figure), known(rows, figure), ratio, figure))
                            .toList()));
        }
        return new Block(
                "Beside Kafka's own controller",
                RivalRatio.COMBINATION,
                RivalRatio.figures(),
                lines,
                "Operations and bytes are those of the controller and of all brokers together.",
                places(id, rows));
    }

    private static Cell cell(Double median, List<Double> known, RivalRatio ratio, Figure figure) {
        Cell plain = cell(median, known, true);
        return new Cell(plain.text(), ratio == null ? "" : ratio.text(figure), plain.least(), plain.share());
    }

    private static List<Place> places(String id, List<Summary> values) {
        List<Place> places = new ArrayList<>();
        for (Chart chart : Chart.of(values.get(0).option(), values)) {
            places.add(new Place(id + "-" + places.size(), chart.title(), height(chart, values)));
        }
        return places;
    }

    /** Room for the axis, the bars, and where there are several segments for what each means. */
    private static int height(Chart chart, List<Summary> values) {
        int segments = chart.drawing("", false, values).segments().size();
        return 44 + 34 * values.size() + (segments > 1 ? 12 + 22 * ((segments + 1) / 2) : 0);
    }

    /** All figures are shown, and not related to each other: scenarios ask for different things. */
    static Block ofScenarios(List<Summary> values) {
        List<Figure> all = Figure.Group.OVERVIEW.figures();
        return new Block("By scenario", Summary.SCENARIO, all, lines(values, all, false), "", List.of());
    }

    private static List<Line> lines(List<Summary> values, List<Figure> columns, boolean related) {
        return values.stream()
                .map(value -> new Line(
                        value.value(),
                        number(value.rows()),
                        columns.stream()
                                .map(figure -> cell(value.median(figure), known(values, figure), related))
                                .toList()))
                .toList();
    }

    private static List<Double> known(List<Summary> values, Figure figure) {
        return values.stream()
                .map(value -> value.median(figure))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private static Cell cell(Double median, List<Double> known, boolean related) {
        if (median == null) {
            return new Cell("–", "", false, 0);
        }
        double least = known.get(0);
        double most = known.get(known.size() - 1);
        long share = related && most > 0 ? Math.round(100 * median / most) : 0;
        return new Cell(number(median), related ? relative(median, least) : "", related && median == least, share);
    }

    private static String relative(double median, double least) {
        if (median == least) {
            return "least";
        }
        return least > 0 ? String.format(Locale.ROOT, "× %.2f", median / least) : "+ " + number(median);
    }

    /** With thousands separated by commas. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** With thousands separated by commas, and at most two decimals. */
    static String number(double value) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    boolean hasColumns() {
        return !columns.isEmpty();
    }
}
