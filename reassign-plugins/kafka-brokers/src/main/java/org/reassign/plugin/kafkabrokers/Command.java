package org.reassign.plugin.kafkabrokers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.LeaderAndIsrResponse;
import org.apache.kafka.common.requests.StopReplicaResponse;
import org.apache.kafka.common.requests.UpdateMetadataResponse;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;

/**
 * A request of the controller and the reply to it. Where the request was split and one part was refused as a whole, the
 * whole is: the refusals that exist, of the controller's and of the broker's epoch, hold for every part.
 */
record Command(BrokerRequest request, int maxBytes, Registrations registrations)
        implements Exchange.Content<BrokerReply> {
    @Override
    public List<AbstractRequest.Builder<?>> requests(Peer peer) {
        int least = Math.min(maxBytes, peer.facts().maxRequestBytes());
        if (request instanceof BrokerRequest.LeaderAndIsrRequest leaderAndIsr) {
            return LeaderAndIsrEncoder.encode(leaderAndIsr, peer, least, registrations);
        }
        if (request instanceof BrokerRequest.UpdateMetadataRequest metadata) {
            return UpdateMetadataEncoder.encode(metadata, peer, least, registrations);
        }
        return StopReplicaEncoder.encode((BrokerRequest.StopReplicaRequest) request, peer, least);
    }

    @Override
    public BrokerReply result(Peer peer, List<AbstractResponse> answers) {
        int error = BrokerReply.NONE;
        Map<TopicPartition, Integer> errors = new HashMap<>();
        for (AbstractResponse answer : answers) {
            BrokerReply reply = decode(answer);
            error = error == BrokerReply.NONE ? reply.error() : error;
            errors.putAll(reply.errors());
        }
        if (error == Errors.CLUSTER_AUTHORIZATION_FAILED.code()) {
            throw notPermitted(peer);
        }
        return new BrokerReply(error, errors);
    }

    static GatewayException notPermitted(Peer peer) {
        return GatewayException.lasting(peer + " does not permit this user to act as a controller;"
                + " give it the operation ClusterAction on the cluster, or make it one of super.users");
    }

    static BrokerReply decode(AbstractResponse answer) {
        Map<TopicPartition, Integer> errors = new HashMap<>();
        if (answer instanceof LeaderAndIsrResponse told) {
            told.data().partitionErrors().forEach(p -> put(errors, p.topicName(), p.partitionIndex(), p.errorCode()));
            return new BrokerReply(told.error().code(), errors);
        }
        if (answer instanceof StopReplicaResponse stopped) {
            stopped.partitionErrors().forEach(p -> put(errors, p.topicName(), p.partitionIndex(), p.errorCode()));
            return new BrokerReply(stopped.error().code(), errors);
        }
        return new BrokerReply(((UpdateMetadataResponse) answer).error().code(), Map.of());
    }

    private static void put(Map<TopicPartition, Integer> errors, String topic, int partition, int code) {
        if (code != BrokerReply.NONE) {
            errors.put(new TopicPartition(topic, partition), code);
        }
    }
}
