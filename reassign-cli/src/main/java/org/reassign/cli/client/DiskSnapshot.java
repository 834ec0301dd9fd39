package org.reassign.cli.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;

/** What brokers have told of the replicas on their disks; of others, and of failed log directories, nothing is known. */
public final class DiskSnapshot {
    /** Of no broker. */
    public static final DiskSnapshot NONE = new DiskSnapshot(Map.of());

    private final Map<Integer, Map<TopicPartition, Long>> bytes = new HashMap<>();
    private final Set<Integer> complete = new HashSet<>();

    /** The answers by broker. A copy in another log directory of the same broker is not counted. */
    public DiskSnapshot(Map<Integer, DiskContent> answers) {
        answers.forEach((broker, content) -> {
            Map<TopicPartition, Long> replicas = new HashMap<>();
            content.replicas().stream()
                    .filter(replica -> !replica.isFuture())
                    .forEach((DiskReplica replica) -> replicas.put(replica.partition(), replica.bytes()));
            bytes.put(broker, replicas);
            if (content.isComplete()) {
                complete.add(broker);
            }
        });
    }

    /** The size of a replica, 0 where the broker has none; empty where that is not known. */
    OptionalLong bytes(int broker, TopicPartition partition) {
        Map<TopicPartition, Long> replicas = bytes.getOrDefault(broker, Map.of());
        if (replicas.containsKey(partition)) {
            return OptionalLong.of(replicas.get(partition));
        }
        return complete.contains(broker) ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** Whether no broker has told anything. */
    boolean isEmpty() {
        return bytes.isEmpty();
    }
}
