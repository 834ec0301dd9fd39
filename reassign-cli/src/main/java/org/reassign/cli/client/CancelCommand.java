package org.reassign.cli.client;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cancel}. */
@Command(
        name = "cancel",
        description =
                "Cancels reassignments: each partition goes back to its original replicas. Where these are not in sync,"
                        + " a cancel waits for them instead of giving up availability.")
public final class CancelCommand extends ClientCommand {
    @Mixin
    private CancelSelection selection;

    @Mixin
    private RequestOptions request;

    @Mixin
    private PreserveOption preserve;

    @Mixin
    private WaitOptions wait;

    private static final String NONE = "None of the specified partition reassignments are active.";

    private Optional<ReassignmentFile> file = Optional.empty();

    @Override
    void prepare() {
        wait.check();
        file = selection.file().map(ReassignmentFile::read);
    }

    @Override
    void perform(OpenClient open, CommandReport report) {
        file.ifPresent(read -> read.refused().forEach(report::refused));
        Submitter submitter =
                new Submitter(open, report, file.map(read -> read.file() + ", ").orElse(""));
        SortedMap<TopicPartition, Optional<Replicas>> wanted = cancels(
                file.isPresent()
                        ? file.get().targets().keySet()
                        : selection.of(open.result(open.client().list()), System.currentTimeMillis()));
        if (wanted.isEmpty()) {
            report.text(NONE);
            return;
        }
        if (request.isDryRun()) {
            plan(open, submitter.check(wanted).values(), report);
            return;
        }
        List<SubmittedTarget> submitted =
                submitter.submit("Submitted cancel of ", wanted, wait.options(request.submitted()));
        if (submitted.isEmpty()) {
            report.text(NONE);
        }
        if (!preserve.isWanted()) {
            try (ThrottleSession session = new ThrottleSession(open, report)) {
                session.release(
                        submitted.stream().map(SubmittedTarget::partition).toList());
            }
        }
        submitter.await(submitted, wait);
    }

    private static SortedMap<TopicPartition, Optional<Replicas>> cancels(Set<TopicPartition> partitions) {
        SortedMap<TopicPartition, Optional<Replicas>> cancels = new TreeMap<>();
        partitions.forEach(partition -> cancels.put(partition, Optional.empty()));
        return cancels;
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
