package org.reassign.plugin.kafkabrokers;

import org.apache.kafka.clients.NodeApiVersions;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/**
 * A broker at the other end of a connection.
 *
 * @param broker as registered when the connection was made
 * @param endpoint where it is connected to
 * @param versions what it has answered to ApiVersions
 * @param facts what it has told of itself
 */
record Peer(Broker broker, Endpoint endpoint, NodeApiVersions versions, BrokerFacts facts) {
    Peer knowing(BrokerFacts told) {
        return new Peer(broker, endpoint, versions, told);
    }

    /** The version to send: that of protocol 2.6, or the highest that the broker has. */
    short version(ApiKeys api, int highest) {
        ApiVersion has = versions.apiVersion(api);
        if (has == null) {
            throw GatewayException.lasting(this + " does not know the request " + api.name
                    + ", since it is in KRaft mode or of Kafka 4; command brokers in ZooKeeper mode, up to Kafka 3.9");
        }
        if (has.minVersion() > highest) {
            throw GatewayException.lasting(this + " knows the request " + api.name + " from version " + has.minVersion()
                    + " on only, above " + highest + " of protocol 2.6; command brokers up to Kafka 3.9");
        }
        return (short) Math.min(highest, has.maxVersion());
    }

    /** Whether it refuses a request that was meant for an earlier registration; from Kafka 2.2 on (KIP-380). */
    boolean checksBrokerEpoch() {
        ApiVersion has = versions.apiVersion(ApiKeys.LEADER_AND_ISR);
        return has != null && has.maxVersion() >= 2;
    }

    @Override
    public String toString() {
        return Addresses.of(broker, endpoint);
    }
}
