package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.RunReport;

/**
 * Shows a run while it goes on: on a terminal a line per partition in flight that is repainted, elsewhere a line per
 * step of the first partitions.
 */
final class LiveView implements RunListener, AutoCloseable {
    private static final int MOST_LINES = 15;
    private static final int MOST_PARTITIONS_TOLD = 10;
    private static final int NAME_COLUMNS = 12;
    private static final long PAINT_EVERY_MILLIS = 200;

    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<LivePainter> painting;
    private final long begin = System.nanoTime();
    private final Map<TopicPartition, String> inFlight = new TreeMap<>();
    private final Set<TopicPartition> told = new LinkedHashSet<>();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "live");
        made.setDaemon(true);
        return made;
    });
    private boolean over;

    /**
     * Shows on {@code out}, warns on {@code err}.
     *
     * @param terminal the terminal's size; empty where there is no terminal
     */
    LiveView(PrintWriter out, PrintWriter err, Optional<TerminalSize> terminal) {
        this.out = out;
        this.err = err;
        this.painting = terminal.map(size -> new LivePainter(out, size));
        if (terminal.isPresent()) {
            var unused = painter.scheduleAtFixedRate(
                    this::paint, PAINT_EVERY_MILLIS, PAINT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void tell(String text) {
        clear();
        out.printf("%6.2f s  %s%n", seconds(), text);
        out.flush();
    }

    @Override
    public void office(String sentence) {
        tell("controller: " + sentence);
    }

    @Override
    public synchronized void step(TopicPartition partition, String label, String text) {
        inFlight.put(partition, label + "  " + text);
        if (painting.isEmpty() && told(partition)) {
            line(partition, inFlight.get(partition));
        }
    }

    @Override
    public synchronized void answered(Answer answer) {
        TopicPartition.parse(answer.partition()).ifPresent(partition -> {
            if (answer.outcome() != Answer.Outcome.SUPERSEDED && answer.outcome() != Answer.Outcome.CANCELLED) {
                inFlight.remove(partition);
            }
            if (painting.isEmpty() && told(partition)) {
                line(partition, answer.request() + " " + RunReport.text(answer.outcome()));
            }
        });
    }

    @Override
    public synchronized void warning(String sentence) {
        clear();
        out.flush();
        WarningsOnly.warn(err, sentence);
    }

    @Override
    public synchronized void note(String sentence) {
        clear();
        out.flush();
        WarningsOnly.note(err, sentence);
    }

    private boolean told(TopicPartition partition) {
        if (told.size() < MOST_PARTITIONS_TOLD) {
            told.add(partition);
        }
        return !over && told.contains(partition);
    }

    private void line(TopicPartition partition, String text) {
        out.println(lineOf(partition.toString(), NAME_COLUMNS, text));
        out.flush();
    }

    private String lineOf(String partition, int columns, String text) {
        return String.format("%6.2f s    %-" + columns + "s %s", seconds(), partition, text);
    }

    private synchronized void paint() {
        if (over) {
            return;
        }
        LivePainter screen = painting.orElseThrow();
        int most = Math.min(MOST_LINES, screen.rows());
        int columns = inFlight.keySet().stream()
                .limit(most)
                .mapToInt(partition -> partition.toString().length())
                .reduce(NAME_COLUMNS, Math::max);
        List<String> lines = new ArrayList<>();
        inFlight.entrySet().stream()
                .limit(most)
                .forEach(entry -> lines.add(lineOf(entry.getKey().toString(), columns, entry.getValue())));
        if (inFlight.size() > most) {
            lines.add(String.format("%12sand %d more in flight", "", inFlight.size() - most));
        }
        screen.paint(lines);
    }

    private void clear() {
        painting.ifPresent(LivePainter::clear);
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Clears the live lines. */
    @Override
    public synchronized void close() {
        over = true;
        clear();
        out.flush();
        painter.shutdownNow();
    }
}
