package org.reassign.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.RunReport.AnswerReport;
import org.reassign.simulation.scenario.RunReport.PartitionReport;

/** Prints the result of a run, for people. */
final class RunSummary {
    private static final int MOST_ROWS = 12;

    private final RunReport report;
    private final PrintWriter out;

    RunSummary(RunReport report, PrintWriter out) {
        this.report = report;
        this.out = out;
    }

    void print() {
        String colour = report.outcome() == RunReport.Outcome.SETTLED ? "green" : "red";
        out.println();
        out.println(Terminal.ansi()
                .string("@|bold " + report.scenario() + "|@: @|bold," + colour + " "
                        + report.outcome().text() + "|@ after "
                        + seconds(report.millis().total())));
        out.println();
        settings();
        partitions();
        answers();
        drops();
        cost();
        if (!report.leftovers().isEmpty()) {
            heading("left over");
            report.leftovers().stream().limit(MOST_ROWS).forEach(path -> out.println("  " + path));
            more(report.leftovers().size());
        }
        out.flush();
    }

    private void settings() {
        RunReport.Settings settings = report.settings();
        new Table()
                .row("zookeeper", settings.zookeeper(), "drop policy", settings.dropPolicy())
                .row("storage layout", settings.storageLayout(), "conflict policy", settings.conflictPolicy())
                .row("isr watcher", settings.isrWatcher(), "channels", String.join("+", settings.requestChannels()))
                .row("write mode", settings.writeMode(), "gateway", settings.gateway())
                .print(out, 4);
        Table set = new Table();
        settings.set()
                .forEach((key, value) -> set.row(key, value.equals(ControllerOptions.NO_LIMIT) ? "no limit" : value));
        set.print(out, 2);
    }

    private void partitions() {
        heading("final replicas");
        Table table = new Table().row("partition", "replicas", "leader", "isr", "expected");
        List<PartitionReport> shown = report.partitions().stream()
                .sorted((a, b) -> Boolean.compare(asExpected(a), asExpected(b)))
                .limit(MOST_ROWS)
                .toList();
        shown.forEach(partition -> table.row(
                partition.topic() + "-" + partition.partition(),
                partition.replicas(),
                partition.leader() == LeaderAndIsr.NO_LEADER ? "none" : partition.leader(),
                partition.isr(),
                expected(partition)));
        table.print(out, 5);
        more(report.partitions().size());
    }

    private static boolean asExpected(PartitionReport partition) {
        return partition.expected() == null || partition.expected().equals(partition.replicas());
    }

    private static String expected(PartitionReport partition) {
        if (partition.expected() == null) {
            return "-";
        }
        return asExpected(partition) ? "yes" : "no, " + partition.expected();
    }

    private void more(int all) {
        if (all > MOST_ROWS) {
            out.println("  and " + (all - MOST_ROWS) + " more");
        }
    }

    private void answers() {
        heading("answers");
        if (report.answers().size() > MOST_ROWS) {
            Map<String, Long> counts = report.answers().stream()
                    .collect(Collectors.groupingBy(AnswerReport::answer, TreeMap::new, Collectors.counting()));
            counts.forEach((answer, count) -> out.println("  " + count + " " + answer));
            return;
        }
        Table table = new Table();
        report.answers()
                .forEach(answer -> table.row(
                        answer.partition(), answer.request(), answer.channel(), answer.answer(), code(answer)));
        table.print(out, 5);
    }

    private static String code(AnswerReport answer) {
        return answer.code() == null ? "" : answer.code();
    }

    private void drops() {
        heading("dropped before completion");
        if (report.drops().isEmpty()) {
            out.println("  nothing");
        }
        report.drops().stream()
                .limit(MOST_ROWS)
                .forEach(drop -> out.println("  " + drop.partition() + " on broker " + drop.broker()
                        + (drop.wasInSync() ? ", in sync" : ", not in sync") + (drop.wasLeader() ? ", leading" : "")));
        more(report.drops().size());
    }

    private void cost() {
        heading("cost");
        Table table = new Table()
                .row("", "round trips", "reads", "writes", "transactions", "bytes written", "largest", "watch events");
        actor(table, "controller", report.cost().zookeeper().controller());
        actor(table, "requester", report.cost().zookeeper().requester());
        actor(table, "brokers", report.cost().zookeeper().brokers());
        table.print(out, 1);
        RunReport.BrokerCost brokers = report.cost().brokers();
        out.println();
        out.printf(
                Locale.ROOT,
                "  brokers were sent %d LeaderAndIsr, %d StopReplica and %d UpdateMetadata; leader moves: %d%s%n",
                brokers.leaderAndIsrRequests(),
                brokers.stopReplicaRequests(),
                brokers.updateMetadataRequests(),
                brokers.leaderMoves(),
                brokers.bytesCopied() == null
                        ? ""
                        : String.format(Locale.ROOT, "; %.1f MB copied", brokers.bytesCopied() / 1e6));
        RunReport.ControllerReport controller = report.controller();
        if (controller.terms() > 1) {
            out.println("  leadership was won " + controller.terms() + " times, last at controller epoch "
                    + controller.epoch());
        }
        RunReport.Millis millis = report.millis();
        if (millis.detectionP50() != null) {
            out.println("  in sync was noticed after " + millis.detectionP50() + " ms (median), "
                    + millis.detectionP99() + " ms (99%)");
        }
    }

    private static void actor(Table table, String actor, Cost cost) {
        if (cost == null) {
            table.row(actor, "not counted");
            return;
        }
        table.row(
                actor,
                cost.roundTrips(),
                cost.getData() + cost.getChildren() + cost.exists(),
                cost.create() + cost.setData() + cost.delete(),
                cost.transactions(),
                cost.bytesWritten(),
                cost.largestZnodeBytes(),
                cost.watchEvents());
    }

    private void heading(String text) {
        out.println();
        out.println(Terminal.ansi().string("@|bold " + text + "|@"));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
    }
}
