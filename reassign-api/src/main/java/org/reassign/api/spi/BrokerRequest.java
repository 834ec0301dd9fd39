package org.reassign.api.spi;

import java.util.List;
import org.reassign.api.Evolving;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A controller's request to a broker, as at inter-broker protocol 2.6 (LeaderAndIsr v4, StopReplica v3, UpdateMetadata
 * v6). A broker that knows a newer controller epoch refuses with {@link BrokerReply#STALE_CONTROLLER_EPOCH}; one that
 * has registered again since refuses an older broker epoch with {@link BrokerReply#STALE_BROKER_EPOCH}.
 */
@Evolving(since = "1.0")
public sealed interface BrokerRequest {
    /** The controller's id and epoch, and the broker epoch fixed when the command was decided. */
    Header header();

    /**
     * Who speaks, and to which incarnation of the broker.
     *
     * @param controllerId the controller
     * @param controllerEpoch its epoch
     * @param brokerEpoch czxid of the registration that is meant
     */
    record Header(int controllerId, int controllerEpoch, long brokerEpoch) {}

    /** Be leader or follower of these partitions. */
    record LeaderAndIsrRequest(Header header, List<PartitionState> partitions, List<Broker> liveLeaders)
            implements BrokerRequest {}

    /** Stop these replicas. */
    record StopReplicaRequest(Header header, List<StopPartition> partitions) implements BrokerRequest {}

    /**
     * Learn which brokers live and who leads what. To be sent before LeaderAndIsr names a new broker. What it does not
     * name stays as the broker knows it; a partition with the leader {@link
     * org.reassign.api.model.LeaderAndIsr#LEADER_DURING_DELETE} is gone.
     */
    record UpdateMetadataRequest(Header header, List<PartitionState> partitions, List<Broker> liveBrokers)
            implements BrokerRequest {}

    /**
     * One partition.
     *
     * @param partition which
     * @param state leader, epochs and ISR
     * @param zkVersion version of the {@code state} znode that holds {@code state}; the leader's next ISR write is
     *     conditional on it
     * @param replicas the replica list that the broker is to know
     * @param adding those of {@code replicas} that a reassignment in flight adds: until they are in sync the partition
     *     does not count as under-replicated for their sake
     * @param removing those of {@code replicas} that leave when the reassignment in flight completes
     * @param offline those of {@code replicas} whose broker is not live or has reported a failed log directory
     * @param isNew whether the replica has just been added on this broker, or was stopped there before, so that it holds
     *     no data. Never where it may hold some: a broker with a failed log directory would create a second replica
     */
    record PartitionState(
            TopicPartition partition,
            LeaderAndIsr state,
            int zkVersion,
            Replicas replicas,
            Replicas adding,
            Replicas removing,
            Replicas offline,
            boolean isNew) {}

    /**
     * One replica to stop.
     *
     * @param partition which
     * @param leaderEpoch higher than that of every LeaderAndIsr sent to this broker for it, else refused with {@link
     *     BrokerReply#FENCED_LEADER_EPOCH} and not deleted
     * @param delete whether its data go too
     */
    record StopPartition(TopicPartition partition, int leaderEpoch, boolean delete) {}
}
