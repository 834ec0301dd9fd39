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

    /** What was stored, with a line that says so. */
    List<SubmittedTarget> submit(SortedMap<TopicPartition, Optional<Replicas>> wanted, SubmitOptions options) {
        List<SubmittedTarget> submitted =
                new ArrayList<>(accepted(open.client().submit(wanted, options)).values());
        submitted.forEach(one -> {
            ObjectNode entry = report.list("submitted")
                    .addObject()
                    .put("partition", one.partition().toString())
                    .put("request", String.join(",", one.requests()));
            one.target()
                    .ifPresentOrElse(
                            target -> target.ids().forEach(entry.withArrayProperty("target")::add),
                            () -> entry.putNull("target"));
        });
        return submitted;
    }

    /** The ids of the requests of these, each once. */
    static String requests(List<SubmittedTarget> submitted) {
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
