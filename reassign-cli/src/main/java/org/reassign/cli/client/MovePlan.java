package org.reassign.cli.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What a file asks for, before it is submitted: the replicas of each partition, and how many each broker gets and gives up. */
final class MovePlan {
    private static final int SHOWN = 20;

    private final Collection<PartitionDescription> partitions;
    private final SortedMap<TopicPartition, Replicas> targets;

    /** The partitions as they are, and what they are to be. */
    MovePlan(SortedMap<TopicPartition, PartitionDescription> partitions, SortedMap<TopicPartition, Replicas> targets) {
        this.partitions = partitions.values();
        this.targets = targets;
    }

    /** Prints it; of many partitions the first ones, unless {@code all} are wanted. JSON has all of them. */
    void print(CommandReport report, boolean all) {
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
        brokers().forEach((broker, change) -> {
            report.list("brokers")
                    .addObject()
                    .put("broker", broker)
                    .put("adding", change.adding)
                    .put("removing", change.removing)
                    .putNull("bytes");
            report.text("broker " + broker + ": adds " + replicas(change.adding) + ", removes "
                    + replicas(change.removing));
        });
        report.text("How many bytes that copies is not known: only brokers can tell.");
    }

    private static String replicas(int count) {
        return count + (count == 1 ? " replica" : " replicas");
    }

    private static final class Change {
        private int adding;
        private int removing;
    }

    private SortedMap<Integer, Change> brokers() {
        SortedMap<Integer, Change> brokers = new TreeMap<>();
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
