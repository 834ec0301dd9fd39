package org.reassign.cli.client;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.cli.InterruptedRun;
import org.reassign.cli.LivePainter;
import org.reassign.cli.OutOfReachException;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code watch}. */
@Command(
        name = "watch",
        description =
                "Shows everything in flight, and what each waits for, until it is interrupted: repainted on a terminal,"
                        + " elsewhere a line for each change.")
public final class WatchCommand extends ClientCommand {
    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "How often to look, such as 500ms or 10s. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    private static final String BY = " by ";

    private final Map<String, String> told = new TreeMap<>();
    private CopyMonitor monitor;
    private boolean lost;

    @Override
    void prepare() {
        if (isJson()) {
            throw new UsageException("watch has no end at which a JSON document could be printed; use list");
        }
        if (interval.isZero()) {
            throw new UsageException("--interval is 0; say how long to wait between two looks, such as 1s");
        }
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        Optional<LivePainter> painter = LivePainter.ofThis(report.out());
        monitor = new CopyMonitor(open);
        try {
            show(open.result(open.client().list()), painter, report);
            while (true) {
                pause();
                look(open, painter, report);
            }
        } finally {
            painter.ifPresent(LivePainter::clear);
        }
    }

    private void pause() {
        try {
            var unused = new CountDownLatch(1).await(interval.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedRun("interrupted; what is in flight goes on", e);
        }
    }

    /** ZooKeeper may be away for a while. */
    private void look(OpenClient open, Optional<LivePainter> painter, CommandReport report) {
        try {
            show(open.result(open.client().list()), painter, report);
            lost = false;
        } catch (OutOfReachException e) {
            if (!lost) {
                painter.ifPresent(LivePainter::clear);
                report.note(e.getMessage() + "; it is tried again until you interrupt");
            }
            lost = true;
        }
    }

    private void show(ReassignmentListing listing, Optional<LivePainter> painter, CommandReport report) {
        monitor.look(listing.inFlight().values());
        painter.ifPresentOrElse(
                screen -> screen.paint(ReassignmentText.lines(listing, running -> monitor.text(running.partition()))),
                () -> changes(listing).forEach(report::text));
    }

    /** A line for what is new, stands otherwise or is copied a tenth further, and one for what is over. */
    private List<String> changes(ReassignmentListing listing) {
        Map<String, String> now = new TreeMap<>();
        Map<String, String> shown = new TreeMap<>();
        listing.inFlight().forEach((partition, running) -> {
            now.put(partition.toString(), ReassignmentText.line(running) + monitor.stage(partition));
            shown.put(partition.toString(), ReassignmentText.line(running, monitor.text(partition)));
        });
        listing.waiting()
                .forEach(entry -> now.put(
                        entry.partition() + BY + entry.request(),
                        ReassignmentText.line(entry) + ", is not carried out yet"));
        if (now.isEmpty() && told.keySet().stream().allMatch(String::isEmpty)) {
            now.put("", "No partition reassignments found.");
        }
        String time = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  ";
        List<String> lines = new ArrayList<>();
        told.keySet().stream()
                .filter(name -> !name.isEmpty() && !now.containsKey(name))
                .forEach(name -> lines.add(
                        time + name + (name.contains(BY) ? " does not wait any more" : " is no longer in flight")));
        now.forEach((name, line) -> {
            if (!line.equals(told.get(name))) {
                lines.add(time + shown.getOrDefault(name, line));
            }
        });
        told.clear();
        told.putAll(now);
        return lines;
    }
}
