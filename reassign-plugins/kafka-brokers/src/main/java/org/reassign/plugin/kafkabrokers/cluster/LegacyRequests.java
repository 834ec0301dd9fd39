package org.reassign.plugin.kafkabrokers.cluster;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;

/**
 * {@code /admin/reassign_partitions}, the only way before KIP-455: the controller deletes it when all of it is done, and
 * until then takes no other.
 */
final class LegacyRequests implements KafkaController.Requests {
    private static final String PATH = "/admin/reassign_partitions";

    private final KafkaVersion version;
    private final LabZnodes znodes;

    LegacyRequests(KafkaVersion version, LabZnodes znodes) {
        this.version = version;
        this.znodes = znodes;
    }

    @Override
    public String text() {
        return PATH;
    }

    @Override
    public void open() {
        // ZooKeeper is all that is needed
    }

    @Override
    public SortedMap<TopicPartition, Refusal> submit(SortedMap<TopicPartition, Optional<Replicas>> targets) {
        SortedMap<TopicPartition, Replicas> moves = new TreeMap<>();
        SortedMap<TopicPartition, Refusal> refused = new TreeMap<>();
        targets.forEach((partition, target) -> target.ifPresentOrElse(
                replicas -> moves.put(partition, replicas),
                () -> refused.put(partition, refusal("cancel", partition))));
        if (moves.isEmpty()) {
            return refused;
        }
        try {
            znodes.write(ZkWrite.create(PATH, PartitionZnodes.request(moves)));
        } catch (ZkException e) {
            if (e.code() != ZkException.Code.NODE_EXISTS) {
                throw new IllegalStateException(PATH + " could not be written (" + e.getMessage() + ")", e);
            }
            moves.keySet().forEach(partition -> refused.put(partition, refusal("change", partition)));
        }
        return refused;
    }

    private Refusal refusal(String what, TopicPartition partition) {
        return new Refusal(
                Refusal.Code.CONFLICT,
                "Kafka " + version.number() + " cannot " + what + " the reassignment of " + partition
                        + " while one is in flight; from 2.4 on it can (KIP-455)");
    }

    @Override
    public void close() {
        // the lab closes its session
    }
}
