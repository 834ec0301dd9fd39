package org.reassign.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.reassign.core.meter.Cost;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.scenario.RunReport.BrokerCost;

/** A run's report for people. */
final class Summary {
    private static final int SHOWN = 20;
    private final PrintWriter out;

    Summary(PrintWriter out) {
        this.out = out;
    }

    void print(RunReport report) {
        RunReport.Settings with = report.settings();
        out.printf(
                "%n%s: %s in %.2f s%n",
                report.scenario(), report.outcome().text(), report.millis().total() / 1e3);
        out.printf(
                "with %s, %s, %s, %s, %s, writes %s, on %s%n%n",
                with.storageLayout(),
                with.isrWatcher(),
                with.dropPolicy(),
                with.conflictPolicy(),
                String.join("+", with.requestChannels()),
                with.writeMode(),
                with.zookeeper());
        report.partitions().stream()
                .limit(SHOWN)
                .forEach(p -> out.printf(
                        "  %s-%d is %s, leader %d, in sync %s%n",
                        p.topic(), p.partition(), p.replicas(), p.leader(), p.isr()));
        more(report.partitions().size(), "partitions");
        answers(report);
        report.drops().stream()
                .limit(SHOWN)
                .forEach(drop -> out.printf(
                        "  dropped %s@%d%s%s%n",
                        drop.partition(),
                        drop.broker(),
                        drop.wasInSync() ? ", was in sync" : ", was not in sync",
                        drop.wasLeader() ? ", was leader" : ""));
        if (report.drops().isEmpty()) {
            out.println("  nothing was dropped before the end");
        }
        report.leftovers().forEach(path -> out.println("  left over: " + path));
        cost(report.cost());
    }

    private void answers(RunReport report) {
        if (report.answers().size() > SHOWN) {
            report.answers().stream()
                    .collect(Collectors.groupingBy(
                            RunReport.AnswerReport::answer, java.util.TreeMap::new, Collectors.counting()))
                    .forEach((answer, count) -> out.printf("  %d entries %s%n", count, answer));
            return;
        }
        report.answers()
                .forEach(answer -> out.printf(
                        "  %s %s: %s%s%n",
                        answer.request(),
                        answer.partition(),
                        answer.answer(),
                        answer.reason() == null ? "" : " (" + answer.reason() + ")"));
    }

    private void more(int size, String what) {
        if (size > SHOWN) {
            out.printf("  … %d more %s%n", size - SHOWN, what);
        }
    }

    private void cost(RunReport.Costs cost) {
        out.printf(
                "%n  %-11s %7s %7s %7s %7s %9s %6s %6s %12s %10s%n",
                "ZooKeeper", "create", "set", "delete", "get", "children", "check", "txns", "round trips", "bytes");
        row("controller", cost.zookeeper().controller());
        row("requester", cost.zookeeper().requester());
        row("brokers", cost.zookeeper().brokers());
        BrokerCost told = cost.brokers();
        out.printf(
                "  brokers were sent %d LeaderAndIsr, %d StopReplica, %d UpdateMetadata; %s bytes copied; %d leader moves%n",
                told.leaderAndIsrRequests(),
                told.stopReplicaRequests(),
                told.updateMetadataRequests(),
                told.bytesCopied() == null ? "unknown" : told.bytesCopied(),
                told.leaderMoves());
    }

    private void row(String actor, Cost cost) {
        if (cost == null) {
            out.printf("  %-11s not counted%n", actor);
            return;
        }
        out.printf(
                "  %-11s %7d %7d %7d %7d %9d %6d %6d %12d %10d%n",
                actor,
                cost.create(),
                cost.setData(),
                cost.delete(),
                cost.getData(),
                cost.getChildren(),
                cost.check(),
                cost.transactions(),
                cost.roundTrips(),
                cost.bytesWritten());
    }
}
