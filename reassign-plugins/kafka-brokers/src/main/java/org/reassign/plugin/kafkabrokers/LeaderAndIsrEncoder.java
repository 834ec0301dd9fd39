package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.LeaderAndIsrRequestData.LeaderAndIsrPartitionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.LeaderAndIsrRequest;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;

/** LeaderAndIsr v4 or lower. Version 0 has no {@code isNew}, 0 and 1 no broker epoch, 0 to 2 no adding and removing. */
final class LeaderAndIsrEncoder {
    private static final int OF_PROTOCOL_2_6 = 4;

    private LeaderAndIsrEncoder() {}

    static List<AbstractRequest.Builder<?>> encode(
            BrokerRequest.LeaderAndIsrRequest request, Peer peer, int maxBytes, Registrations registrations) {
        short version = peer.version(ApiKeys.LEADER_AND_ISR, OF_PROTOCOL_2_6);
        return RequestSize.split(
                request.partitions(),
                maxBytes,
                part -> new LeaderAndIsrRequest.Builder(
                        version,
                        request.header().controllerId(),
                        request.header().controllerEpoch(),
                        request.header().brokerEpoch(),
                        part.stream().map(LeaderAndIsrEncoder::state).toList(),
                        Map.of(),
                        leaders(part, request.liveLeaders(), peer.facts().interBrokerListener(), registrations)));
    }

    private static LeaderAndIsrPartitionState state(PartitionState partition) {
        return new LeaderAndIsrPartitionState()
                .setTopicName(partition.partition().topic())
                .setPartitionIndex(partition.partition().partition())
                .setControllerEpoch(partition.state().controllerEpoch())
                .setLeader(partition.state().leader())
                .setLeaderEpoch(partition.state().leaderEpoch())
                .setIsr(partition.state().isr().ids())
                .setPartitionEpoch(partition.zkVersion())
                .setReplicas(partition.replicas().ids())
                .setAddingReplicas(partition.adding().ids())
                .setRemovingReplicas(partition.removing().ids())
                .setIsNew(partition.isNew());
    }

    /**
     * The leaders of these partitions, at the addresses where the broker that is told fetches from them. Without one that
     * has no such address: the broker follows it no more than one that is not live, and takes in the other partitions.
     */
    private static List<Node> leaders(
            List<PartitionState> partitions, List<Broker> live, String listener, Registrations registrations) {
        Set<Integer> leading =
                partitions.stream().map(partition -> partition.state().leader()).collect(Collectors.toSet());
        List<Broker> leaders =
                live.stream().filter(broker -> leading.contains(broker.id())).toList();
        return registrations.usable(leaders).stream()
                .flatMap(broker ->
                        registrations.fetchedFrom(broker, listener).map(endpoint -> node(broker, endpoint)).stream())
                .toList();
    }

    private static Node node(Broker broker, Endpoint endpoint) {
        return new Node(
                broker.id(), endpoint.host(), endpoint.port(), broker.rack().orElse(null));
    }
}
