package org.reassign.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What a file asks for, before it is submitted: the replicas of each partition, and how many each broker gets and gives up. */
final class MovePlan {
    private static final int SHOWN = 20;

    private final Collection<PartitionDescription> partitions;
    private final SortedMap<TopicPartition, Replicas> targets;
    private final Optional<Long> throttle;

    /** The partitions as they are, what they are to be, and at how many bytes per second. */
    MovePlan(
            SortedMap<TopicPartition, PartitionDescription> partitions,
            SortedMap<TopicPartition, Replicas> targets,
            Optional<Long> throttle) {
        this.throttle = throttle;
        this.partitions = partitions.values();
        this.targets = targets;
    }

    /** What it copies. */
    List<CopyJob> jobs() {
        return partitions.stream().map(one -> CopyJob.to(target(one), one)).toList();
    }

    /** Prints it; of many partitions the first ones, unless {@code all} are wanted. JSON has all of them. */
    void print(CommandReport report, boolean all, DiskSnapshot disks) {
        report.text("");
        report.text("Plan");
        List<String> lines = new ArrayList<>();
        partitions.forEach(one -> {
            add(one, report);
            lines.add(line(one));
        });
        lines.stream().limit(all ? lines.size() : SHOWN).forEach(report::text);
        if (!all && lines.size() > SHOWN) {
            report.text("and " + (lines.size() - SHOWN) + " more partitions; --dry-run shows all");
        }
        Optional<PlannedBytes> bytes = PlannedBytes.of(jobs(), disks);
        brokers(bytes).forEach((broker, change) -> {
            var json = report.list("brokers")
                    .addObject()
                    .put("broker", broker)
                    .put("adding", change.adding)
                    .put("removing", change.removing);
            String text =
                    "broker " + broker + ": adds " + replicas(change.adding) + ", removes " + replicas(change.removing);
            if (bytes.isEmpty()) {
                json.putNull("bytes");
                report.text(text);
                return;
            }
            long in = bytes.get().received().getOrDefault(broker, 0L);
            long out = bytes.get().sent().getOrDefault(broker, 0L);
            json.putObject("bytes").put("in", in).put("out", out);
            report.text(text + ", receives " + ByteCount.text(in) + ", sends " + ByteCount.text(out));
        });
        printTotal(report, bytes);
    }

    private void printTotal(CommandReport report, Optional<PlannedBytes> bytes) {
        Optional<Duration> time = bytes.flatMap(known -> throttle.map(known::at));
        report.document().put("bytes", bytes.map(PlannedBytes::total).orElse(null));
        report.document().put("seconds", time.map(Duration::toSeconds).orElse(null));
        report.text(
                bytes.map(known -> "Copies " + ByteCount.text(known.total())
                                + time.map(taken -> ", which takes " + CopySpeed.time(taken) + " at the throttle of "
                                                + ByteCount.text(throttle.orElseThrow())
                                                + "/s, and longer while producers write")
                                        .orElse("")
                                + ".")
                        .orElse(
                                "It is not known how many bytes this copies: not every broker concerned has told what it has."));
    }

    private static String replicas(int count) {
        return count + (count == 1 ? " replica" : " replicas");
    }

    private static final class Change {
        private int adding;
        private int removing;
    }

    private SortedMap<Integer, Change> brokers(Optional<PlannedBytes> bytes) {
        SortedMap<Integer, Change> brokers = new TreeMap<>();
        bytes.ifPresent(known -> Stream.concat(known.received().keySet().stream(), known.sent().keySet().stream())
                .forEach(broker -> brokers.computeIfAbsent(broker, id -> new Change())));
        partitions.forEach(one -> {
            adding(one).ids().forEach(id -> brokers.computeIfAbsent(id, broker -> new Change()).adding++);
            removing(one).ids().forEach(id -> brokers.computeIfAbsent(id, broker -> new Change()).removing++);
        });
        return brokers;
    }

    private Replicas target(PartitionDescription one) {
        return targets.get(one.partition());
    }

    private Replicas adding(PartitionDescription one) {
        return target(one).minus(one.replicas());
    }

    private Replicas removing(PartitionDescription one) {
        return one.replicas().minus(target(one));
    }

    private void add(PartitionDescription one, CommandReport report) {
        var json = ReassignmentJson.named(report.list("plan"), one.partition());
        ReassignmentJson.ids(json, "replicas", one.replicas());
        ReassignmentJson.ids(json, "target", target(one));
        ReassignmentJson.ids(json, "adding", adding(one));
        ReassignmentJson.ids(json, "removing", removing(one));
    }

    private String line(PartitionDescription one) {
        Replicas target = target(one);
        Replicas adding = adding(one);
        Replicas removing = removing(one);
        if (target.equals(one.replicas()) && !one.isBusy()) {
            return one.partition() + ": stays " + target;
        }
        return one.partition() + ": " + one.replicas() + " to " + target
                + (adding.isEmpty() ? "" : ", adds " + ReassignmentText.ids(adding))
                + (removing.isEmpty() ? "" : ", removes " + ReassignmentText.ids(removing))
                + (adding.isEmpty() && removing.isEmpty() ? ", another order" : "");
    }
}
