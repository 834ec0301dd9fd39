package org.reassign.plugin.kafkabrokers;

/**
 * What a broker tells of its configuration.
 *
 * @param interBrokerListener name of the listener over which brokers fetch from each other
 * @param maxRequestBytes its {@code socket.request.max.bytes}: it closes the connection on a larger request
 */
record BrokerFacts(String interBrokerListener, int maxRequestBytes) {
    /** Before it was asked. */
    static final BrokerFacts NOT_ASKED = new BrokerFacts("", Integer.MAX_VALUE);
}
