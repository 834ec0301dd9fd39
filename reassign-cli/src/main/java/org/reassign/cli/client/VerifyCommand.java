package org.reassign.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}. */
@Command(
        name = "verify",
        description =
                "Says of each partition of the file whether its reassignment is completed, in progress, or what it is"
                        + " instead, and takes throttles off that nothing in flight needs; the exit code is 1 until all are"
                        + " complete.")
public final class VerifyCommand extends ClientCommand {
    @Mixin
    private FileOptions input;

    @Mixin
    private PreserveOption preserve;

    private ReassignmentFile file;

    @Override
    void prepare() {
        file = input.read();
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        file.refused().forEach(report::refused);
        SortedMap<TopicPartition, CompletableFuture<PartitionDescription>> found =
                open.client().describe(file.targets().keySet());
        report.text("Status of partition reassignment:");
        found.forEach((partition, future) -> {
            Replicas target = file.targets().get(partition);
            try {
                tell(open.result(future), target, report);
            } catch (ReassignmentRefusedException e) {
                status(partition, "missing", target, report);
                report.fault(file.file() + ", " + e.getMessage());
            }
        });
        if (!preserve.isWanted()) {
            try (ThrottleSession session = new ThrottleSession(open, report)) {
                session.release(List.of());
            }
        }
    }

    private static void tell(PartitionDescription one, Replicas target, CommandReport report) {
        TopicPartition partition = one.partition();
        if (one.reassignment().isPresent()) {
            Replicas running = one.reassignment().get().record().target();
            boolean same = running.equals(target);
            status(partition, same ? "in-progress" : "other-target", target, report);
            report.text("Reassignment of partition " + partition + " is still in progress"
                    + (same ? "." : ", but to " + running + " rather than " + target + "."));
            report.incomplete();
        } else if (!one.waiting().isEmpty()) {
            status(partition, "waiting", target, report);
            report.text("Reassignment of partition " + partition + " waits to be accepted by a controller.");
            report.incomplete();
        } else if (one.replicas().equals(target)) {
            status(partition, "completed", target, report);
            report.text("Reassignment of partition " + partition + " is completed.");
        } else {
            status(partition, "not-active", target, report);
            report.text("There is no active reassignment of partition " + partition + ", but replica set is "
                    + ReassignmentText.ids(one.replicas()) + " rather than " + ReassignmentText.ids(target) + ".");
            report.incomplete();
        }
    }

    private static void status(TopicPartition partition, String status, Replicas target, CommandReport report) {
        ObjectNode json = ReassignmentJson.named(report.list("partitions"), partition);
        json.put("status", status);
        ReassignmentJson.ids(json, "target", target);
    }
}
