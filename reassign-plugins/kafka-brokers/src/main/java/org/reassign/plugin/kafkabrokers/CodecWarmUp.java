package org.reassign.plugin.kafkabrokers;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.errors.ControllerMovedException;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;

/**
 * Encodes each request once and decodes its answer, so that the classes are loaded before the office is taken: cold, the
 * first requests take most of a second, in which the brokers still obey the deposed controller.
 */
final class CodecWarmUp {
    private static final List<ApiKeys> APIS =
            List.of(ApiKeys.LEADER_AND_ISR, ApiKeys.UPDATE_METADATA, ApiKeys.STOP_REPLICA);

    private CodecWarmUp() {}

    static void run() {
        Endpoint endpoint = new Endpoint("PLAINTEXT", "PLAINTEXT", "localhost", 9092);
        Broker broker = new Broker(0, 0, List.of(endpoint), Optional.empty());
        Peer peer = new Peer(
                broker,
                endpoint,
                NodeApiVersions.create(APIS.stream().map(CodecWarmUp::all).toList()),
                new BrokerFacts("PLAINTEXT", Integer.MAX_VALUE));
        for (BrokerRequest request : requests(broker)) {
            Command command = new Command(request, Integer.MAX_VALUE, new Registrations(warning -> {}));
            command.requests(peer).forEach(part -> Command.decode(answer(part.build(part.latestAllowedVersion()))));
        }
    }

    private static ApiVersion all(ApiKeys api) {
        return new ApiVersion()
                .setApiKey(api.id)
                .setMinVersion(api.oldestVersion())
                .setMaxVersion(api.latestVersion());
    }

    private static List<BrokerRequest> requests(Broker broker) {
        Header header = new Header(0, 0, 0);
        TopicPartition partition = new TopicPartition("topic", 0);
        Replicas one = Replicas.of(0);
        List<PartitionState> states = List.of(
                new PartitionState(partition, new LeaderAndIsr(0, 0, 0, one, Map.of()), 0, one, one, one, one, false));
        return List.of(
                new UpdateMetadataRequest(header, states, List.of(broker)),
                new LeaderAndIsrRequest(header, states, List.of(broker)),
                new StopReplicaRequest(header, List.of(new StopPartition(partition, 0, true))));
    }

    private static AbstractResponse answer(AbstractRequest request) {
        short version = request.version();
        ByteBuffer sent = request.serialize();
        AbstractRequest read = AbstractRequest.parseRequest(request.apiKey(), version, sent).request;
        ByteBuffer answer = MessageUtil.toByteBuffer(
                read.getErrorResponse(new ControllerMovedException("")).data(), version);
        return AbstractResponse.parseResponse(request.apiKey(), answer, version);
    }
}
