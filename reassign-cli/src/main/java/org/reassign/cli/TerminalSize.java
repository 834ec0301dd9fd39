package org.reassign.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The size of the terminal; asked of {@code stty} for each painting, since a terminal may be resized. */
final class TerminalSize {
    private static final Size USUAL = new Size(24, 80);
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int LEAST_COLUMNS = 20;

    private Size last = USUAL;
    private long asked = System.nanoTime() - FRESH_NANOS;

    private TerminalSize() {}

    /** The size of this process's terminal; empty where a person does not look on. */
    static Optional<TerminalSize> ofThis() {
        return Terminal.isLive() ? Optional.of(new TerminalSize()) : Optional.empty();
    }

    /** Rows and columns. */
    record Size(int rows, int columns) {
        /** What {@code stty size} prints; the usual size where that is no size. */
        static Size parse(String text) {
            if (text == null || !text.matches("[1-9][0-9]{0,4} [1-9][0-9]{0,4}")) {
                return USUAL;
            }
            int space = text.indexOf(' ');
            return new Size(
                    Integer.parseInt(text.substring(0, space)),
                    Math.max(LEAST_COLUMNS, Integer.parseInt(text.substring(space + 1))));
        }
    }

    /** The size as of a moment ago. */
    synchronized Size now() {
        if (System.nanoTime() - asked >= FRESH_NANOS) {
            last = ask();
            asked = System.nanoTime();
        }
        return last;
    }

    private static Size ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader = stty.inputReader()) {
                return Size.parse(reader.readLine());
            }
        } catch (IOException e) {
            return USUAL; // a system without stty
        }
    }
}
