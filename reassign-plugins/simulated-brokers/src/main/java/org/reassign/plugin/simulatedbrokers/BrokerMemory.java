package org.reassign.plugin.simulatedbrokers;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.spi.Lab;

/**
 * What a broker knows while it runs, and how it answers a controller: the decisions of Kafka's {@code ReplicaManager}
 * at protocol 2.6. Lost when the broker dies. Speaks to nobody; a replica that is made or deleted is so on the broker's
 * {@link Disk}.
 */
final class BrokerMemory {
    private final int self;
    private final Disk disk;
    private final Map<TopicPartition, Role> roles = new HashMap<>();
    private final SortedSet<Integer> live = new TreeSet<>();
    private final SortedMap<TopicPartition, PartitionState> metadata = new TreeMap<>();
    private List<Broker> liveBrokers = List.of();
    /** Partitions of which the log directory has failed, until the broker is restarted. */
    private final Set<TopicPartition> failed = new HashSet<>();

    private int controllerEpoch;

    BrokerMemory(int self, Disk disk) {
        this.self = self;
        this.disk = disk;
    }

    /** What the broker is for a partition; empty where it was told nothing that it obeyed. */
    Optional<Role> role(TopicPartition partition) {
        return Optional.ofNullable(roles.get(partition));
    }

    void become(TopicPartition partition, Role role) {
        roles.put(partition, role);
    }

    void forget(TopicPartition partition) {
        roles.remove(partition);
    }

    /** The partitions that it was told of, in no order. */
    Collection<TopicPartition> partitions() {
        return roles.keySet();
    }

    /** Adds to the cache of live brokers. */
    void learn(Collection<Integer> brokers) {
        live.addAll(brokers);
    }

    /**
     * Answers a request. A command meant for an earlier registration, which Kafka looks at first, or from an old
     * controller is refused as a whole; any other request raises the known controller epoch.
     *
     * @param brokerEpoch czxid of the broker's registration
     */
    BrokerReply answer(BrokerRequest request, long brokerEpoch) {
        if (request.header().brokerEpoch() < brokerEpoch) {
            return new BrokerReply(BrokerReply.STALE_BROKER_EPOCH, Map.of());
        }
        if (request.header().controllerEpoch() < controllerEpoch) {
            return new BrokerReply(BrokerReply.STALE_CONTROLLER_EPOCH, Map.of());
        }
        controllerEpoch = request.header().controllerEpoch();
        SortedMap<TopicPartition, Integer> errors = new TreeMap<>();
        if (request instanceof LeaderAndIsrRequest told) {
            told.partitions().forEach(p -> errors.put(p.partition(), leaderAndIsr(p)));
        } else if (request instanceof StopReplicaRequest stop) {
            stop.partitions().forEach(p -> errors.put(p.partition(), stop(p)));
        } else if (request instanceof UpdateMetadataRequest update) {
            update(update);
        }
        errors.values().removeIf(error -> error == BrokerReply.NONE);
        return new BrokerReply(BrokerReply.NONE, errors);
    }

    /** Partitions that are not named stay as they are known; those that are being deleted go. */
    private void update(UpdateMetadataRequest update) {
        live.clear();
        update.liveBrokers().forEach(broker -> live.add(broker.id()));
        liveBrokers = List.copyOf(update.liveBrokers());
        update.partitions().forEach(told -> {
            if (told.state().leader() == LeaderAndIsr.LEADER_DURING_DELETE) {
                metadata.remove(told.partition());
            } else {
                metadata.put(told.partition(), told);
            }
        });
    }

    /** What clients of this broker are told. */
    Lab.Metadata metadata() {
        return new Lab.Metadata(metadata, liveBrokers);
    }

    /** The log directory of a replica fails: the broker neither leads nor follows any more. */
    void fail(TopicPartition partition) {
        failed.add(partition);
        forget(partition);
    }

    private int leaderAndIsr(PartitionState told) {
        if (failed.contains(told.partition())) {
            return BrokerReply.STORAGE_ERROR;
        }
        Role known = roles.get(told.partition());
        if (known != null && told.state().leaderEpoch() <= known.leaderEpoch()) {
            return BrokerReply.STALE_CONTROLLER_EPOCH;
        }
        if (!told.replicas().contains(self)) {
            if (disk.get(told.partition()).isEmpty()) {
                fail(told.partition()); // for Kafka a partition that it knows and has no log of is in a failed
                // directory
            }
            return BrokerReply.NOT_A_REPLICA;
        }
        disk.create(told.partition());
        if (told.state().leader() == self) {
            become(
                    told.partition(),
                    new Role.Leading(told.state(), told.zkVersion(), told.replicas(), Role.Writing.IDLE));
            return BrokerReply.NONE;
        }
        // Kafka gives up here and still answers 0. The epoch stays unknown, so the same request can mend it.
        if (live.contains(told.state().leader())) {
            become(
                    told.partition(),
                    new Role.Following(told.state().leader(), told.state().leaderEpoch(), true));
        }
        return BrokerReply.NONE;
    }

    private int stop(StopPartition stop) {
        if (failed.contains(stop.partition())) {
            return BrokerReply.STORAGE_ERROR;
        }
        Role known = roles.get(stop.partition());
        // Negative epochs are Kafka's "no epoch" and "topic is being deleted": obeyed whatever is known.
        if (known != null && stop.leaderEpoch() >= 0 && stop.leaderEpoch() < known.leaderEpoch()) {
            return BrokerReply.FENCED_LEADER_EPOCH;
        }
        if (stop.delete()) {
            // The epoch goes with the replica, as Kafka's Partition does: whatever comes late is obeyed again.
            forget(stop.partition());
            disk.delete(stop.partition());
        } else if (known instanceof Role.Following follower) {
            become(stop.partition(), new Role.Following(follower.leader(), follower.leaderEpoch(), false));
        }
        return BrokerReply.NONE;
    }
}
