package org.reassign.cli.client;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code describe [PARTITION…]}. */
@Command(
        name = "describe",
        description =
                "Describes partitions, or all that are in flight: replicas, target, what each waits for, who asked for it"
                        + " and why; and the deletions that brokers still owe.")
public final class DescribeCommand extends ClientCommand {
    @Parameters(
            paramLabel = "PARTITION",
            description = "As in orders-0; the last dash divides. Default: all in flight.")
    private List<String> partitions = new ArrayList<>();

    private List<TopicPartition> named = List.of();

    @Override
    void prepare() {
        named = partitions.stream().map(DescribeCommand::partition).toList();
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        List<TopicPartition> wanted = named.isEmpty() ? busy(open) : named;
        var inFlight = report.list("reassignments");
        var waiting = report.list("waiting");
        var all = report.list("partitions");
        List<PartitionDescription> described = new ArrayList<>();
        open.client().describe(wanted).forEach((partition, future) -> {
            try {
                described.add(open.result(future));
            } catch (ReassignmentRefusedException e) {
                report.fault(e.getMessage());
            }
        });
        DiskSnapshot disks = open.look(described.stream()
                .flatMap(one -> one.reassignment().stream())
                .map(CopyJob::of)
                .toList());
        for (PartitionDescription one : described) {
            one.reassignment().ifPresent(running -> ReassignmentJson.add(inFlight, running, disks));
            one.waiting().forEach(entry -> ReassignmentJson.add(waiting, entry));
            ReassignmentJson.add(all, one);
            ReassignmentText.lines(one, disks).forEach(report::text);
        }
        if (wanted.isEmpty()) {
            report.text("No partition reassignments found.");
        }
        printOwed(open, named, report);
    }

    private static List<TopicPartition> busy(OpenClient open) {
        ReassignmentListing listing = open.result(open.client().list());
        List<TopicPartition> busy = new ArrayList<>(listing.inFlight().keySet());
        listing.waiting().forEach(entry -> busy.add(entry.partition()));
        return busy;
    }

    private static void printOwed(OpenClient open, List<TopicPartition> named, CommandReport report) {
        List<OwedReplica> owed = open.result(open.client().owedDeletes()).stream()
                .filter(one -> named.isEmpty() || named.contains(one.partition()))
                .toList();
        report.owedDeletes(owed);
        if (!owed.isEmpty()) {
            report.text("Replicas that their brokers are still to delete:");
            owed.forEach(one -> report.text("  " + ReassignmentText.line(one)));
        }
    }

    private static TopicPartition partition(String text) {
        return TopicPartition.parse(text)
                .filter(partition -> TopicPartition.isTopicName(partition.topic()))
                .orElseThrow(() -> new UsageException(
                        "'" + text + "' is no partition; write a topic, a dash and a number, as in orders-0"));
    }
}
