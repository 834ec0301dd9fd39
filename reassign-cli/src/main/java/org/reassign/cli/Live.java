package org.reassign.cli;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.scenario.RunReport;

/**
 * Shows a run while it goes on: on a terminal a line per partition in flight that is painted anew, elsewhere a line per
 * step of the first partitions.
 */
final class Live implements RunListener, AutoCloseable {
    private static final int MOST_LINES = 15;
    private static final int MOST_PARTITIONS_TOLD = 10;
    private static final long PAINT_EVERY_MILLIS = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private final long begin = System.nanoTime();
    private final Map<TopicPartition, String> inFlight = new TreeMap<>();
    private final Set<TopicPartition> told = new LinkedHashSet<>();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "live");
        made.setDaemon(true);
        return made;
    });
    private boolean over;
    private int painted;

    Live(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        if (terminal) {
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
    public synchronized void step(TopicPartition partition, String label, String text) {
        inFlight.put(partition, label + "  " + text);
        if (!terminal && told(partition)) {
            line(partition, inFlight.get(partition));
        }
    }

    @Override
    public synchronized void answered(Answer answer) {
        TopicPartition.parse(answer.partition()).ifPresent(partition -> {
            if (answer.outcome() != Answer.Outcome.SUPERSEDED && answer.outcome() != Answer.Outcome.CANCELLED) {
                inFlight.remove(partition);
            }
            if (!terminal && told(partition)) {
                line(partition, answer.request() + " " + RunReport.text(answer.outcome()));
            }
        });
    }

    @Override
    public void warning(String sentence) {
        tell("warning: " + sentence);
    }

    private boolean told(TopicPartition partition) {
        if (told.size() < MOST_PARTITIONS_TOLD) {
            told.add(partition);
        }
        return !over && told.contains(partition);
    }

    private void line(TopicPartition partition, String text) {
        out.printf("%6.2f s    %-12s %s%n", seconds(), partition, text);
        out.flush();
    }

    private synchronized void paint() {
        if (over) {
            return;
        }
        clear();
        inFlight.entrySet().stream().limit(MOST_LINES).forEach(entry -> {
            line(entry.getKey(), entry.getValue());
            painted++;
        });
        if (inFlight.size() > MOST_LINES) {
            out.printf("            and %d more in flight%n", inFlight.size() - MOST_LINES);
            painted++;
        }
        out.flush();
    }

    private void clear() {
        if (painted > 0) {
            out.print("\033[" + painted + "A\033[J");
            painted = 0;
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Takes the live lines away. */
    @Override
    public synchronized void close() {
        over = true;
        clear();
        out.flush();
        painter.shutdownNow();
    }
}
