package org.reassign.cli.client;

import java.util.Locale;

/** Numbers of bytes for people. */
final class ByteCount {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};
    private static final double STEP = 1_000;

    private ByteCount() {}

    static String text(long bytes) {
        return text((double) bytes);
    }

    /** In decimal units with one digit after the point, such as {@code 30.0 MB}. */
    static String text(double bytes) {
        if (bytes < STEP) {
            return Math.round(bytes) + " B";
        }
        double scaled = bytes / STEP;
        int unit = 0;
        while (scaled >= STEP && unit < UNITS.length - 1) {
            scaled /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[unit]);
    }
}
