package org.reassign.cli.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.WaitReason;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.cli.UsageException;
import picocli.CommandLine.Option;

/** Which reassignments are to be cancelled: those of a file, or those that all given conditions hold for. */
final class CancelSelection {
    @Option(
            names = "--reassignment-json-file",
            paramLabel = "FILE",
            description = "The partitions of a file of kafka-reassign-partitions.sh; their replicas do not matter.")
    private Path file;

    @Option(names = "--topic", paramLabel = "NAME", description = "Those of this topic. Repeatable.")
    private List<String> topics = new ArrayList<>();

    @Option(
            names = "--broker",
            paramLabel = "ID",
            description = "Those with a replica, or a wanted one, on this broker. Repeatable.")
    private List<Integer> brokers = new ArrayList<>();

    @Option(
            names = "--stalled-for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Those that wait for a broker, in sync or at all, and whose state was not written for so long.")
    private Duration stalledFor;

    @Option(names = "--all", description = "All that are in flight or requested.")
    private boolean all;

    /** The file, where one is named; that the options fit each other is checked first. */
    Optional<Path> file() {
        boolean conditions = !topics.isEmpty() || !brokers.isEmpty() || stalledFor != null;
        int kinds = (file == null ? 0 : 1) + (conditions ? 1 : 0) + (all ? 1 : 0);
        if (kinds != 1) {
            throw new UsageException(
                    (kinds == 0 ? "nothing is named to cancel" : "the options name different things to cancel")
                            + "; say --reassignment-json-file FILE, or --all, or some of --topic, --broker and"
                            + " --stalled-for");
        }
        return Optional.ofNullable(file);
    }

    /** The partitions that are selected. */
    Set<TopicPartition> of(ReassignmentListing listing, long nowMillis) {
        Set<TopicPartition> selected = new TreeSet<>();
        listing.inFlight().values().stream()
                .filter(running -> named(
                        running.partition(),
                        running.replicas().append(running.record().target())))
                .filter(running -> stalledFor == null || isStalled(running, nowMillis))
                .forEach(running -> selected.add(running.partition()));
        listing.waiting().stream()
                .filter(entry -> stalledFor == null && named(entry.partition(), brokersOf(entry)))
                .forEach(entry -> selected.add(entry.partition()));
        return selected;
    }

    private static Replicas brokersOf(WaitingTarget entry) {
        return entry.target().orElse(Replicas.NONE);
    }

    private boolean named(TopicPartition partition, Replicas replicas) {
        return (topics.isEmpty() || topics.contains(partition.topic()))
                && (brokers.isEmpty() || brokers.stream().anyMatch(replicas::contains));
    }

    private boolean isStalled(Reassignment running, long nowMillis) {
        boolean waits = running.waitsFor().stream()
                .map(WaitReason::what)
                .anyMatch(what -> what == WaitReason.What.BROKER || what == WaitReason.What.SYNC);
        return waits && nowMillis - running.changedMillis() >= stalledFor.toMillis();
    }
}
