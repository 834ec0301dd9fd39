package org.reassign.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.client.PartitionDescription;
import org.reassign.api.client.ReassignmentRefusedException;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;
import org.reassign.cli.client.OpenClient;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/**
 * Replicas on the disks of brokers that they are not assigned to, such as those of a broker that was forgotten while it was dead.
 * Disks are read before topics and again after them, so that a replica that comes or goes meanwhile is none.
 */
final class StrayReplicaCheck {
    private static final String LEFT = "is left to you, since it may be the only copy of something; ";

    private StrayReplicaCheck() {}

    /** A replica that is not assigned to its broker. */
    record Stray(int broker, TopicPartition partition, long bytes) {
        private Place place() {
            return new Place(broker, partition);
        }
    }

    private record Place(int broker, TopicPartition partition) {}

    /**
     * Those that are found twice.
     *
     * @param first what brokers have told before the cluster was read
     */
    static List<Finding> findings(Examination cluster, Map<Integer, DiskContent> first) {
        OpenClient open = cluster.open();
        Set<String> deleted = new HashSet<>(cluster.children("/admin/delete_topics"));
        Collection<OwedReplica> owed = open.result(open.client().owedDeletes());
        Set<Place> found =
                strays(cluster, first, owed, deleted).stream().map(Stray::place).collect(Collectors.toSet());
        if (found.isEmpty()) {
            return List.of();
        }
        Set<Integer> brokers = found.stream().map(Place::broker).collect(Collectors.toSet());
        Map<Integer, DiskContent> second =
                open.disks().readAll(open.result(open.client().brokers()), brokers);
        List<Stray> strays = strays(cluster, second, owed, deleted).stream()
                .filter(stray -> found.contains(stray.place()))
                .toList();
        var described = open.client()
                .describe(strays.stream().map(Stray::partition).distinct().toList());
        return strays.stream()
                .flatMap(stray -> finding(open, stray, described.get(stray.partition())).stream())
                .toList();
    }

    /** What is neither assigned, in flight or requested, nor owed, nor of a topic that is being deleted or cannot be read. */
    static List<Stray> strays(
            Examination cluster, Map<Integer, DiskContent> disks, Collection<OwedReplica> owed, Set<String> deleted) {
        List<Stray> strays = new ArrayList<>();
        disks.forEach((broker, content) -> content.replicas().stream()
                .filter(replica -> !replica.isFuture())
                .filter(replica -> !deleted.contains(replica.partition().topic()))
                .filter(replica -> !isAssigned(cluster, broker, replica.partition()))
                .forEach((DiskReplica replica) -> strays.add(new Stray(broker, replica.partition(), replica.bytes()))));
        Set<TopicPartition> busy =
                cluster.busy(strays.stream().map(Stray::partition).toList());
        Set<Place> toDelete = owed.stream()
                .map(one -> new Place(one.broker(), one.partition()))
                .collect(Collectors.toSet());
        strays.removeIf(stray -> busy.contains(stray.partition()) || toDelete.contains(stray.place()));
        return strays;
    }

    /** Also where it cannot be told, or is to be by a record. */
    private static boolean isAssigned(Examination cluster, int broker, TopicPartition partition) {
        TopicRead read = cluster.topics().get(partition.topic());
        if (read == null) {
            return false;
        }
        return read.isUnreadable()
                || read.records().containsKey(partition.partition())
                || read.snapshot()
                        .map(topic -> topic.assigned().get(partition.partition()))
                        .filter(replicas -> replicas.contains(broker))
                        .isPresent();
    }

    /** By the partition as it was read again: it may have begun to move, or be a new one. */
    private static Optional<Finding> finding(
            OpenClient open, Stray stray, CompletableFuture<PartitionDescription> described) {
        try {
            PartitionDescription one = open.result(described);
            return one.isBusy() || one.replicas().contains(stray.broker())
                    ? Optional.empty()
                    : Optional.of(
                            finding(stray, " is assigned to " + one.replicas() + " only", byAssignment(stray, one)));
        } catch (ReassignmentRefusedException e) {
            return Optional.of(finding(
                    stray,
                    " no topic has",
                    LEFT + "look at " + TopicReader.path(stray.partition().topic())
                            + " first, since somebody may have rewritten it without the partition, and then write it"
                            + " there again; only if nothing of it is wanted any more, " + byHand(stray)));
        }
    }

    private static String byAssignment(Stray stray, PartitionDescription one) {
        Replicas with = one.replicas().append(Replicas.of(stray.broker()));
        return LEFT + "to delete it, execute a reassignment of " + stray.partition() + " to " + with
                + " and then one back to " + one.replicas() + "; or " + byHand(stray);
    }

    private static String byHand(Stray stray) {
        return "stop broker " + stray.broker() + ", delete the folder " + stray.partition()
                + " in its log directories, and start it again";
    }

    private static Finding finding(Stray stray, String instead, String consequence) {
        return new Finding(
                Kind.STRAY_REPLICA,
                TopicReader.path(stray.partition().topic()),
                new ObjectMapper()
                        .createObjectNode()
                        .put("broker", stray.broker())
                        .put("topic", stray.partition().topic())
                        .put("partition", stray.partition().partition())
                        .put("bytes", stray.bytes())
                        .toString(),
                0,
                "broker " + stray.broker() + " has a replica of " + stray.partition() + ", which" + instead,
                consequence,
                new Finding.Repair.ByOperator());
    }
}
