package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataBroker;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataEndpoint;
import org.apache.kafka.common.message.UpdateMetadataRequestData.UpdateMetadataPartitionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.UpdateMetadataRequest;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;

/**
 * UpdateMetadata v6 or lower, with every endpoint of every live broker that can be used in each request: a broker replaces
 * what it knows of brokers.
 */
final class UpdateMetadataEncoder {
    private static final int OF_PROTOCOL_2_6 = 6;

    private UpdateMetadataEncoder() {}

    static List<AbstractRequest.Builder<?>> encode(
            BrokerRequest.UpdateMetadataRequest request, Peer peer, int maxBytes, Registrations registrations) {
        short version = peer.version(ApiKeys.UPDATE_METADATA, OF_PROTOCOL_2_6);
        List<UpdateMetadataBroker> live = registrations.usable(request.liveBrokers()).stream()
                .map(UpdateMetadataEncoder::broker)
                .toList();
        return RequestSize.split(
                request.partitions(),
                maxBytes,
                part -> new UpdateMetadataRequest.Builder(
                        version,
                        request.header().controllerId(),
                        request.header().controllerEpoch(),
                        request.header().brokerEpoch(),
                        part.stream().map(UpdateMetadataEncoder::state).toList(),
                        live,
                        Map.of()));
    }

    private static UpdateMetadataPartitionState state(PartitionState partition) {
        return new UpdateMetadataPartitionState()
                .setTopicName(partition.partition().topic())
                .setPartitionIndex(partition.partition().partition())
                .setControllerEpoch(partition.state().controllerEpoch())
                .setLeader(partition.state().leader())
                .setLeaderEpoch(partition.state().leaderEpoch())
                .setIsr(partition.state().isr().ids())
                .setZkVersion(partition.zkVersion())
                .setReplicas(partition.replicas().ids())
                .setOfflineReplicas(partition.offline().ids());
    }

    private static UpdateMetadataBroker broker(Broker broker) {
        return new UpdateMetadataBroker()
                .setId(broker.id())
                .setEndpoints(broker.endpoints().stream()
                        .map(UpdateMetadataEncoder::endpoint)
                        .toList())
                .setRack(broker.rack().orElse(null));
    }

    private static UpdateMetadataEndpoint endpoint(Endpoint endpoint) {
        return new UpdateMetadataEndpoint()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setListener(endpoint.listener())
                .setSecurityProtocol(SecurityProtocol.forName(endpoint.securityProtocol()).id);
    }
}
