package org.reassign.cli.client;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cancel}. */
@Command(
        name = "cancel",
        description =
                "Cancels reassignments: each partition goes back to its original replicas. Where these are not in sync,"
                        + " a cancel waits for them instead of giving up availability.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class CancelCommand implements Callable<Integer> {
    @Mixin
    private CancelSelection selection;

    @Mixin
    private RequestOptions request;

    @Mixin
    private PreserveOption preserve;

    @Mixin
    private WaitOptions wait;

    @Mixin
    private ClientOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean waits = wait.isWanted();
        CommandReport report = new CommandReport(spec, options.json());
        Optional<Path> path = selection.file();
        Optional<ReassignmentFile> file = path.map(ReassignmentFile::read);
        try (OpenClient open = options.open(report)) {
            file.ifPresent(read -> read.refused().forEach(report::refused));
            Submitter submitter =
                    new Submitter(open, report, path.map(named -> named + ", ").orElse(""));
            SortedMap<TopicPartition, Optional<Replicas>> wanted = cancels(
                    file.isPresent()
                            ? file.get().targets().keySet()
                            : selection.of(open.result(open.client().list()), System.currentTimeMillis()));
            if (wanted.isEmpty()) {
                report.text("None of the specified partition reassignments are active.");
                return report.end();
            }
            if (request.isDryRun()) {
                plan(open, submitter.check(wanted).values(), report);
                return report.end();
            }
            List<SubmittedTarget> submitted = submitter.submit(wanted, request.submitted());
            tell(submitted, report);
            if (!submitted.isEmpty()) {
                open.whyNothingHappens(open.result(open.client().controller())).ifPresent(report::note);
            }
            if (!preserve.isWanted()) {
                try (ThrottleSession session = new ThrottleSession(open, report)) {
                    session.release(
                            submitted.stream().map(SubmittedTarget::partition).toList());
                }
            }
            if (waits) {
                new OutcomeWait(open, report).perform(submitted, wait.timeout());
            }
            return report.end();
        }
    }

    private static SortedMap<TopicPartition, Optional<Replicas>> cancels(Set<TopicPartition> partitions) {
        SortedMap<TopicPartition, Optional<Replicas>> cancels = new TreeMap<>();
        partitions.forEach(partition -> cancels.put(partition, Optional.empty()));
        return cancels;
    }

    private static void tell(List<SubmittedTarget> submitted, CommandReport report) {
        report.text(
                submitted.isEmpty()
                        ? "None of the specified partition reassignments are active."
                        : "Submitted cancel of "
                                + submitted.stream()
                                        .map(one -> one.partition().toString())
                                        .collect(Collectors.joining(","))
                                + " as " + Submitter.requests(submitted));
    }

    private static void plan(OpenClient open, Collection<PartitionDescription> partitions, CommandReport report) {
        Set<Integer> live = open.result(open.client().brokers()).keySet();
        partitions.forEach(one -> {
            Replicas back = one.reassignment()
                    .map(running -> running.record().original())
                    .orElse(one.replicas());
            Replicas dead = back.filter(broker -> !live.contains(broker));
            Replicas behind = back.minus(one.isr()).minus(dead);
            String sentence = one.reassignment().isEmpty()
                    ? one.partition() + ": what is requested is given up, and it stays " + back
                    : sentence(one.reassignment().get(), back, dead, behind);
            var json = ReassignmentJson.named(report.list("plan"), one.partition());
            ReassignmentJson.ids(json, "target", back);
            ReassignmentJson.ids(json, "removing", one.replicas().minus(back));
            ReassignmentJson.ids(json, "notLive", dead);
            ReassignmentJson.ids(json, "notInSync", behind);
            json.put("sentence", sentence);
            report.text(sentence);
        });
    }

    private static String sentence(Reassignment running, Replicas back, Replicas dead, Replicas behind) {
        Replicas removing = running.replicas().minus(back);
        return running.partition() + ": back to " + back
                + (removing.isEmpty() ? "" : ", removes " + ReassignmentText.ids(removing))
                + (dead.isEmpty()
                        ? ""
                        : ", waits for broker " + ReassignmentText.ids(dead) + ", which is not registered")
                + (behind.isEmpty() ? "" : ", waits for broker " + ReassignmentText.ids(behind) + " to be in sync")
                + (dead.isEmpty() && behind.isEmpty() ? ", at once" : "");
    }
}
