package org.reassign.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** Checks and submits what was asked for, and reports each entry that is refused. */
final class Submitter {
    private final OpenClient open;
    private final CommandReport report;
    private final String where;

    /** {@code where} is what the sentence of a refusal begins with: the file and a comma, or nothing. */
    Submitter(OpenClient open, CommandReport report, String where) {
        this.open = open;
        this.report = report;
        this.where = where;
    }

    /** The entries that are possible, as their partitions are now. */
    SortedMap<TopicPartition, PartitionDescription> check(SortedMap<TopicPartition, Optional<Replicas>> wanted) {
        return accepted(open.client().check(wanted));
    }

    /**
     * Submits and says what is stored, also where a part of it fails; returns that.
     *
     * @param what how the line with the partitions begins
     */
    List<SubmittedTarget> submit(
            String what, SortedMap<TopicPartition, Optional<Replicas>> wanted, SubmitOptions options) {
        Map<TopicPartition, CompletableFuture<SubmittedTarget>> futures =
                open.client().submit(wanted, options);
        List<SubmittedTarget> submitted = new ArrayList<>();
        try {
            submitted.addAll(accepted(futures).values());
        } catch (RuntimeException e) {
            futures.values().stream()
                    .filter(future -> future.isDone() && !future.isCompletedExceptionally())
                    .forEach(future -> submitted.add(future.join()));
            tell(what, submitted);
            throw e;
        }
        tell(what, submitted);
        if (!submitted.isEmpty()) {
            open.whyNothingHappens(open.result(open.client().controller())).ifPresent(report::note);
        }
        return submitted;
    }

    /** Waits for the outcomes if that is wanted. */
    void await(List<SubmittedTarget> submitted, WaitOptions wait) {
        if (wait.isWanted() && !submitted.isEmpty()) {
            new OutcomeWait(open, report).perform(submitted, wait.timeout());
        }
    }

    private void tell(String what, List<SubmittedTarget> submitted) {
        if (submitted.isEmpty()) {
            return;
        }
        report.text(what
                + submitted.stream().map(one -> one.partition().toString()).collect(Collectors.joining(","))
                + " as " + requests(submitted));
        submitted.forEach(one -> {
            ObjectNode entry = report.list(CommandReport.SUBMITTED)
                    .addObject()
                    .put("partition", one.partition().toString())
                    .put("request", String.join(",", one.requests()));
            one.target()
                    .ifPresentOrElse(
                            target -> target.ids().forEach(entry.withArrayProperty("target")::add),
                            () -> entry.putNull("target"));
        });
    }

    /** The ids of the requests of these, each once. */
    private static String requests(List<SubmittedTarget> submitted) {
        return submitted.stream()
                .flatMap(one -> one.requests().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    private <T> SortedMap<TopicPartition, T> accepted(Map<TopicPartition, CompletableFuture<T>> futures) {
        SortedMap<TopicPartition, T> accepted = new TreeMap<>();
        futures.forEach((partition, future) -> {
            try {
                accepted.put(partition, open.result(future));
            } catch (ReassignmentRefusedException e) {
                Refusal refusal =
                        new Refusal(e.refusal().code(), where + e.refusal().sentence());
                report.refused(new RefusedEntry(partition.toString(), refusal));
            }
        });
        return accepted;
    }
}
