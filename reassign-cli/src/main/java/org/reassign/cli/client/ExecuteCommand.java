package org.reassign.cli.client;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code execute}. */
@Command(
        name = "execute",
        description =
                "Submits a file of kafka-reassign-partitions.sh, after it has printed the current assignment for a"
                        + " rollback. Entries that are refused do not stop the others.")
public final class ExecuteCommand extends ClientCommand {
    @Mixin
    private FileOptions input;

    @Option(
            names = "--additional",
            description =
                    "Submit although partitions of the file are in flight or requested: it changes their targets.")
    private boolean additional;

    @Mixin
    private RequestOptions request;

    @Mixin
    private ThrottleOption throttle;

    @Mixin
    private WaitOptions wait;

    private ReassignmentFile file;
    private Optional<Long> limit = Optional.empty();

    @Override
    void prepare() {
        wait.check();
        limit = throttle.bytesPerSecond();
        file = input.read();
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        file.refused().forEach(report::refused);
        Submitter submitter = new Submitter(open, report, file.file() + ", ");
        SortedMap<TopicPartition, Optional<Replicas>> wanted = file.wanted();
        SortedMap<TopicPartition, PartitionDescription> found = submitter.check(wanted);
        wanted.keySet().retainAll(found.keySet());
        if (!additional && refusedAsBusy(file, found, report) || wanted.isEmpty()) {
            return;
        }
        printCurrent(found, report);
        MovePlan plan = new MovePlan(found, file.targets(), limit);
        plan.print(report, request.isDryRun(), open.look(plan.jobs()));
        if (request.isDryRun()) {
            return;
        }
        Supplier<List<SubmittedTarget>> submission =
                () -> submitter.submit("Submitted reassignment of ", wanted, wait.options(request.submitted()));
        if (limit.isEmpty()) {
            submitter.await(submission.get(), wait);
            return;
        }
        try (ThrottleSession session = new ThrottleSession(open, report)) {
            submitter.await(session.during(found, wanted, limit.get(), submission), wait);
            session.release(List.of());
        }
    }

    private static boolean refusedAsBusy(
            ReassignmentFile file, SortedMap<TopicPartition, PartitionDescription> found, CommandReport report) {
        List<PartitionDescription> busy =
                found.values().stream().filter(PartitionDescription::isBusy).toList();
        busy.forEach(one -> report.refused(new RefusedEntry(
                one.partition().toString(),
                new Refusal(
                        Refusal.Code.CONFLICT,
                        file.file() + ", " + one.partition() + ": " + busyWith(one)
                                + ", so nothing of the file was submitted; say --additional to change its target, or"
                                + " cancel it first"))));
        return !busy.isEmpty();
    }

    private static String busyWith(PartitionDescription one) {
        Optional<Reassignment> running = one.reassignment();
        if (running.isPresent()) {
            return "is being moved to " + running.get().record().target() + " by "
                    + running.get().record().request();
        }
        WaitingTarget last = one.waiting().get(one.waiting().size() - 1);
        return last.request() + " waits to "
                + last.target().map(target -> "move it to " + target).orElse("cancel it");
    }

    /** For a partition in flight, what a cancel would bring back. */
    private static void printCurrent(SortedMap<TopicPartition, PartitionDescription> found, CommandReport report) {
        SortedMap<TopicPartition, Replicas> current = new TreeMap<>();
        found.forEach((partition, one) -> current.put(
                partition,
                one.reassignment().map(running -> running.record().original()).orElse(one.replicas())));
        report.document().set("current", KafkaJson.assignment(current));
        report.text("Current partition replica assignment");
        report.text("");
        report.text(KafkaJson.assignment(current).toString());
        report.text("");
        report.text("Save this to use as the --reassignment-json-file option during rollback");
    }
}
