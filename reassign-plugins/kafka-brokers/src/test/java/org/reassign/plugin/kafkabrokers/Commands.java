package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;

/** Brokers with two listeners, and requests to them. */
final class Commands {
    static final Header HEADER = new Header(1000, 7, 55);
    static final TopicPartition ORDERS = new TopicPartition("orders", 3);
    static final TopicPartition OTHER = new TopicPartition("other", 0);

    private Commands() {}

    static Broker broker(int id) {
        return new Broker(
                id,
                50 + id,
                List.of(
                        new Endpoint("CLIENT", "SASL_SSL", "client-" + id, 9093),
                        new Endpoint("REPLICATION", "PLAINTEXT", "inside-" + id, 9092)),
                Optional.of("rack-" + id));
    }

    /** A broker that has these versions of LeaderAndIsr, StopReplica and UpdateMetadata at most. */
    static Peer peer(int leaderAndIsr, int stopReplica, int updateMetadata) {
        List<ApiVersion> versions = List.of(
                version(ApiKeys.LEADER_AND_ISR, leaderAndIsr),
                version(ApiKeys.STOP_REPLICA, stopReplica),
                version(ApiKeys.UPDATE_METADATA, updateMetadata));
        Broker broker = broker(1);
        return new Peer(
                broker,
                broker.endpoints().get(0),
                NodeApiVersions.create(versions),
                new BrokerFacts("REPLICATION", Integer.MAX_VALUE));
    }

    static ApiVersion version(ApiKeys api, int highest) {
        return new ApiVersion().setApiKey(api.id).setMinVersion((short) 0).setMaxVersion((short) highest);
    }

    /** Led by broker 2, with replicas 2, 3, 4, 1, of which 4 is being added and 1 removed. */
    static PartitionState partition(TopicPartition partition) {
        return new PartitionState(
                partition,
                new LeaderAndIsr(2, 9, 6, Replicas.of(2, 3), Map.of()),
                12,
                Replicas.of(2, 3, 4, 1),
                Replicas.of(4),
                Replicas.of(1),
                Replicas.of(4),
                true);
    }

    static LeaderAndIsrRequest leaderAndIsr() {
        return new LeaderAndIsrRequest(
                HEADER, List.of(partition(ORDERS), partition(OTHER)), List.of(broker(1), broker(2), broker(3)));
    }

    static UpdateMetadataRequest metadata() {
        return new UpdateMetadataRequest(
                HEADER, List.of(partition(ORDERS), partition(OTHER)), List.of(broker(1), broker(2), broker(3)));
    }

    /** So many partitions of a topic; about 60 bytes each. */
    static UpdateMetadataRequest metadata(int partitions) {
        return new UpdateMetadataRequest(
                HEADER,
                IntStream.range(0, partitions)
                        .mapToObj(number -> partition(new TopicPartition("many", number)))
                        .toList(),
                List.of(broker(1), broker(2)));
    }

    static StopReplicaRequest stop() {
        return new StopReplicaRequest(
                HEADER, List.of(new StopPartition(ORDERS, 10, true), new StopPartition(OTHER, 11, false)));
    }
}
