package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.StopReplicaRequestData.StopReplicaPartitionState;
import org.apache.kafka.common.message.StopReplicaRequestData.StopReplicaTopicState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.StopPartition;

/**
 * StopReplica v3 or lower. Versions 0 to 2 have one delete flag for all partitions, so that a mixed request becomes two,
 * and no leader epochs; version 0 has no broker epoch.
 */
final class StopReplicaEncoder {
    private static final int OF_PROTOCOL_2_6 = 3;
    private static final int FLAG_PER_PARTITION = 3;

    private StopReplicaEncoder() {}

    static List<AbstractRequest.Builder<?>> encode(BrokerRequest.StopReplicaRequest request, Peer peer, int maxBytes) {
        short version = peer.version(ApiKeys.STOP_REPLICA, OF_PROTOCOL_2_6);
        Header header = request.header();
        List<StopPartition> stopped = filter(request.partitions(), false);
        List<StopPartition> deleted = filter(request.partitions(), true);
        if (version >= FLAG_PER_PARTITION || stopped.isEmpty() || deleted.isEmpty()) {
            return split(version, header, request.partitions(), maxBytes);
        }
        List<AbstractRequest.Builder<?>> parts = new ArrayList<>(split(version, header, stopped, maxBytes));
        parts.addAll(split(version, header, deleted, maxBytes));
        return parts;
    }

    private static List<StopPartition> filter(List<StopPartition> partitions, boolean delete) {
        return partitions.stream().filter(stop -> stop.delete() == delete).toList();
    }

    private static List<AbstractRequest.Builder<?>> split(
            short version, Header header, List<StopPartition> partitions, int maxBytes) {
        return RequestSize.split(partitions, maxBytes, part -> request(version, header, part));
    }

    /** A request whose one delete flag, in the versions that have it, is that of the first partition. */
    static StopReplicaRequest.Builder request(short version, Header header, List<StopPartition> partitions) {
        Map<String, StopReplicaTopicState> topics = new LinkedHashMap<>();
        for (StopPartition stop : partitions) {
            topics.computeIfAbsent(stop.partition().topic(), topic -> new StopReplicaTopicState().setTopicName(topic))
                    .partitionStates()
                    .add(new StopReplicaPartitionState()
                            .setPartitionIndex(stop.partition().partition())
                            .setLeaderEpoch(stop.leaderEpoch())
                            .setDeletePartition(stop.delete()));
        }
        return new StopReplicaRequest.Builder(
                version,
                header.controllerId(),
                header.controllerEpoch(),
                header.brokerEpoch(),
                !partitions.isEmpty() && partitions.get(0).delete(),
                List.copyOf(topics.values()));
    }
}
