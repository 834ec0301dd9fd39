package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/**
 * Partitions with more replicas than most of their topic, that are not in flight: where another controller takes over in the
 * middle of a reassignment, target and old replicas stay assigned, the target first. A topic with one partition does not show it.
 */
final class ReplicaCheck {
    private ReplicaCheck() {}

    static List<Finding> findings(Examination cluster) {
        List<Finding> findings = new ArrayList<>();
        cluster.topics()
                .values()
                .forEach(read -> read.snapshot().ifPresent(topic -> {
                    int usual = usual(topic);
                    topic.assigned().forEach((number, replicas) -> {
                        TopicPartition partition = new TopicPartition(read.topic(), number);
                        if (replicas.size() > usual && isIdle(cluster, read, partition)) {
                            finding(cluster, partition, usual).ifPresent(findings::add);
                        }
                    });
                }));
        return findings;
    }

    /** The number of replicas that most partitions have; of several, the lowest. */
    private static int usual(TopicSnapshot topic) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        topic.assigned().values().forEach(replicas -> counts.merge(replicas.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static boolean isIdle(Examination cluster, TopicRead read, TopicPartition partition) {
        return !read.records().containsKey(partition.partition())
                && cluster.busy(List.of(partition)).isEmpty();
    }

    /** Reads it again: it may have begun to move, or have ended, while topics were read. */
    private static Optional<Finding> finding(Examination cluster, TopicPartition partition, int usual) {
        var described = cluster.open()
                .result(cluster.open().client().describe(List.of(partition)).get(partition));
        Replicas replicas = described.replicas();
        if (described.isBusy() || replicas.size() <= usual) {
            return Optional.empty();
        }
        String path = TopicReader.path(partition.topic());
        Replicas target = replicas.limit(usual);
        return Optional.of(new Finding(
                Kind.TOO_MANY_REPLICAS,
                path,
                partition + ": " + replicas,
                cluster.node(path)
                        .map(ZkNode::stat)
                        .map(stat -> stat.mtimeMillis())
                        .orElse(0L),
                partition + " has " + replicas.size() + " replicas, most partitions of its topic have " + usual
                        + ", and it is not in flight: a reassignment was lost in the middle, or the replication factor is being raised",
                "only with --kind=too-many-replicas: asks for " + target + ", the first " + usual
                        + ", which a lost reassignment was for; the other replicas are deleted",
                new Finding.Repair.Request(partition, target)));
    }
}
