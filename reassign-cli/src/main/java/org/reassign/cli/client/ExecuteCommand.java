package org.reassign.cli.client;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code execute}. */
@Command(
        name = "execute",
        description =
                "Submits a file of kafka-reassign-partitions.sh, after it has printed the current assignment for a"
                        + " rollback. Entries that are refused do not stop the others.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ExecuteCommand implements Callable<Integer> {
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

    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean waits = wait.isWanted();
        Optional<Long> limit = throttle.bytesPerSecond();
        CommandReport report = new CommandReport(spec, options.json());
        ReassignmentFile file = input.read();
        try (OpenClient open = options.open(report)) {
            file.refused().forEach(report::refused);
            Submitter submitter = new Submitter(open, report, file.file() + ", ");
            SortedMap<TopicPartition, Optional<Replicas>> wanted = file.wanted();
            SortedMap<TopicPartition, PartitionDescription> found = submitter.check(wanted);
            wanted.keySet().retainAll(found.keySet());
            if (!additional && refusedAsBusy(file, found, report) || wanted.isEmpty()) {
                return report.end();
            }
            printCurrent(found, report);
            if (request.isDryRun()) {
                found.values().forEach(one -> plan(one, file.targets().get(one.partition()), report));
                return report.end();
            }
            if (limit.isPresent()) {
                try (ThrottleSession session = new ThrottleSession(open, report)) {
                    submit(
                            open,
                            report,
                            waits,
                            () -> session.during(
                                    found, wanted, limit.get(), () -> submitter.submit(wanted, request.submitted())));
                    session.release(List.of());
                }
            } else {
                submit(open, report, waits, () -> submitter.submit(wanted, request.submitted()));
            }
            return report.end();
        }
    }

    private void submit(
            OpenClient open, CommandReport report, boolean waits, Supplier<List<SubmittedTarget>> submission) {
        List<SubmittedTarget> submitted = submission.get();
        tell(submitted, report);
        open.whyNothingHappens(open.result(open.client().controller())).ifPresent(report::note);
        if (waits) {
            new OutcomeWait(open, report).perform(submitted, wait.timeout());
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

    private static void plan(PartitionDescription one, Replicas target, CommandReport report) {
        Replicas adding = target.minus(one.replicas());
        Replicas removing = one.replicas().minus(target);
        var json = ReassignmentJson.named(report.list("plan"), one.partition());
        ReassignmentJson.ids(json, "replicas", one.replicas());
        ReassignmentJson.ids(json, "target", target);
        ReassignmentJson.ids(json, "adding", adding);
        ReassignmentJson.ids(json, "removing", removing);
        if (target.equals(one.replicas()) && !one.isBusy()) {
            report.text(one.partition() + ": stays " + target);
            return;
        }
        report.text(one.partition() + ": " + one.replicas() + " to " + target
                + (adding.isEmpty() ? "" : ", adds " + ReassignmentText.ids(adding))
                + (removing.isEmpty() ? "" : ", removes " + ReassignmentText.ids(removing))
                + (adding.isEmpty() && removing.isEmpty() ? ", another order" : ""));
    }

    private static void tell(List<SubmittedTarget> submitted, CommandReport report) {
        if (!submitted.isEmpty()) {
            report.text("Submitted reassignment of "
                    + submitted.stream().map(one -> one.partition().toString()).collect(Collectors.joining(","))
                    + " as " + Submitter.requests(submitted));
        }
    }
}
