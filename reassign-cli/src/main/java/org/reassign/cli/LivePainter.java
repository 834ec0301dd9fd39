package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paints lines on a terminal over those that it painted before. Used by one thread at a time. */
public final class LivePainter {
    private final PrintWriter out;
    private final TerminalSize terminal;
    private final List<String> painted = new ArrayList<>();

    LivePainter(PrintWriter out, TerminalSize terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On the terminal of this process; empty where a person does not look on. */
    public static Optional<LivePainter> ofThis(PrintWriter out) {
        return TerminalSize.ofThis().map(terminal -> new LivePainter(out, terminal));
    }

    /** How many lines fit. */
    int rows() {
        return Math.max(1, terminal.now().rows() - 2);
    }

    /** Paints these lines, cut to the terminal's width; of too many the first ones, and how many more there are. */
    public void paint(List<String> lines) {
        String cleared = clearing();
        int rows = rows();
        int columns = terminal.now().columns();
        painted.addAll(lines.subList(0, Math.min(lines.size(), rows)));
        if (lines.size() > rows) {
            painted.set(rows - 1, "and " + (lines.size() - rows + 1) + " more lines");
        }
        painted.replaceAll(line -> line.substring(0, Math.min(line.length(), columns - 1)));
        out.print(cleared + String.join(System.lineSeparator(), painted) + (painted.isEmpty() ? "" : "\n"));
        out.flush();
    }

    /** Takes the painted lines away. */
    public void clear() {
        out.print(clearing());
        out.flush();
    }

    /** What clears the painted lines; a terminal that has become narrower since has broken them into more. */
    private String clearing() {
        if (painted.isEmpty()) {
            return "";
        }
        int columns = terminal.now().columns();
        int rows = painted.stream()
                .mapToInt(line -> Math.max(1, (line.length() + columns - 1) / columns))
                .sum();
        painted.clear();
        return "\033[1A\033[2K".repeat(rows); // line by line: some terminals keep a cleared screen in their history
    }
}
