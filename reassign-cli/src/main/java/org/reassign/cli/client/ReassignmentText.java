package org.reassign.cli.client;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.WaitReason;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Replicas;

/** Reassignments as text; the words of Kafka's tool come first. */
final class ReassignmentText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private ReassignmentText() {}

    /** {@code orders-0: replicas: 2,3,0,1. adding: 2,3. removing: 0,1.} and what Kafka's tool does not say. */
    static String line(Reassignment running) {
        return line(running, Optional.empty());
    }

    /** The same with how far it is copied, where that is known. */
    static String line(Reassignment running, Optional<String> bytes) {
        return running.partition() + ": replicas: " + ids(running.replicas()) + "."
                + (running.adding().isEmpty() ? "" : " adding: " + ids(running.adding()) + ".")
                + (running.removing().isEmpty() ? "" : " removing: " + ids(running.removing()) + ".")
                + " in sync: " + ids(running.isr()) + "."
                + bytes.map(text -> " " + text + ".").orElse("")
                + " waits for " + reasons(running) + "."
                + asked(running);
    }

    /** A listing as {@code list} prints it; {@code bytes} says how far each is copied, where that is known. */
    static List<String> lines(ReassignmentListing listing, Function<Reassignment, Optional<String>> bytes) {
        List<String> lines = new ArrayList<>();
        lines.add(
                listing.inFlight().isEmpty()
                        ? "No partition reassignments found."
                        : "Current partition reassignments:");
        listing.inFlight().values().forEach(running -> lines.add(line(running, bytes.apply(running))));
        if (!listing.waiting().isEmpty()) {
            lines.add("Requests that no controller has carried out yet:");
            listing.waiting().forEach(entry -> lines.add(line(entry)));
        }
        return lines;
    }

    private static String asked(Reassignment running) {
        return running.record()
                        .requester()
                        .map(name -> " requester: " + name + ".")
                        .orElse("")
                + running.record()
                        .reason()
                        .map(text -> " reason: " + text + ".")
                        .orElse("");
    }

    /** {@code orders-0: to 2,3, request_0000000001}. */
    static String line(WaitingTarget waiting) {
        return waiting.partition() + ": "
                + waiting.target().map(target -> "to " + ids(target)).orElse("cancel") + ", " + waiting.request()
                + waiting.requester().map(name -> " of " + name).orElse("")
                + waiting.reason().map(text -> ": " + text).orElse("");
    }

    static String reasons(Reassignment running) {
        return running.waitsFor().stream().map(ReassignmentText::reason).collect(Collectors.joining(", and for "));
    }

    private static String reason(WaitReason reason) {
        return reason.sentence()
                + reason.sinceMillis().map(millis -> " since " + time(millis)).orElse("");
    }

    static List<String> lines(PartitionDescription partition, DiskSnapshot disks) {
        List<String> lines = new ArrayList<>();
        lines.add(partition.partition().toString());
        lines.add("  replicas    " + ids(partition.replicas()));
        lines.add("  leader      "
                + (partition.leader().isPresent() ? partition.leader().getAsInt() : "none"));
        lines.add("  in sync     " + ids(partition.isr()));
        partition.reassignment().ifPresent(running -> {
            lines.add("  target      " + ids(running.record().target()));
            lines.add("  original    " + ids(running.record().original()));
            lines.add("  adding      " + ids(running.adding()));
            lines.add("  removing    " + ids(running.removing()));
            lines.add("  request     " + running.record().request()
                    + running.sinceMillis()
                            .map(millis -> ", in flight since " + time(millis))
                            .orElse(""));
            running.record().requester().ifPresent(name -> lines.add("  requester   " + name));
            running.record().reason().ifPresent(text -> lines.add("  reason      " + text));
            CopyJob.of(running)
                    .progress(disks)
                    .flatMap(CopyProgress::text)
                    .ifPresent(bytes -> lines.add("  bytes       " + bytes));
            running.waitsFor().forEach(reason -> lines.add("  waits for   " + reason(reason)));
        });
        partition
                .waiting()
                .forEach(entry -> lines.add("  requested   "
                        + entry.target().map(ReassignmentText::ids).orElse("cancel") + " by " + entry.request()
                        + ", which no controller has carried out yet"));
        if (!partition.isBusy()) {
            lines.add("  nothing in flight");
        }
        return lines;
    }

    static String line(OwedReplica owed) {
        return "broker " + owed.broker() + ": " + owed.partition() + ", since " + time(owed.sinceMillis());
    }

    /** {@code 2,3}, or {@code none}. */
    static String ids(Replicas replicas) {
        return replicas.isEmpty()
                ? "none"
                : replicas.ids().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
