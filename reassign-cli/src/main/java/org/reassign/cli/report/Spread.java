package org.reassign.cli.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Median, least and largest of several values of one figure. */
public record Spread(double median, double min, double max) {
    /** The spread of what is known, in any order; null where nothing is. */
    static Spread of(Stream<? extends Number> values) {
        List<Double> sorted = values.filter(Objects::nonNull)
                .map(Number::doubleValue)
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return null;
        }
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Whether all values are one. */
    @JsonIgnore
    public boolean isFlat() {
        return min == max;
    }

    /** A value with at most two decimals. */
    public static String number(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
