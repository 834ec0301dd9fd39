package org.reassign.plugin.kafkabrokers;

import java.util.List;
import java.util.stream.Collectors;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/** Which of a broker's addresses is used for what, and how a sentence names it. */
final class Addresses {
    private Addresses() {}

    static String of(Broker broker, Endpoint endpoint) {
        return "broker " + broker.id() + " at " + endpoint.host() + ":" + endpoint.port() + " (listener "
                + endpoint.listener() + ")";
    }

    /** Where to command a broker. */
    static Endpoint commanded(Broker broker, TakeoverOptions options) {
        String protocol = options.securityProtocol();
        List<Endpoint> named = broker.endpoints().stream()
                .filter(endpoint -> options.listener()
                        .map(endpoint.listener()::equalsIgnoreCase)
                        .orElse(true))
                .toList();
        if (named.isEmpty()) {
            throw GatewayException.lasting("broker " + broker.id() + " has no listener "
                    + options.listener().orElse("at all") + " but " + shown(broker)
                    + "; set takeover.listener to one that every broker has");
        }
        return named.stream()
                .filter(endpoint -> endpoint.securityProtocol().equalsIgnoreCase(protocol))
                .findFirst()
                .orElseThrow(() ->
                        GatewayException.lasting("broker " + broker.id() + " has no listener with security protocol "
                                + protocol + " but " + shown(broker)
                                + "; set security.protocol in the file that takeover.command-config names"));
    }

    /** Where other brokers fetch from a broker. */
    static Endpoint ofListener(Broker broker, String listener) {
        return broker.endpoints().stream()
                .filter(endpoint -> endpoint.listener().equalsIgnoreCase(listener))
                .findFirst()
                .orElseThrow(() -> GatewayException.lasting("broker " + broker.id() + " has no listener " + listener
                        + ", over which other brokers fetch, but " + shown(broker)
                        + "; give it one, or set inter.broker.listener.name alike on all brokers"));
    }

    private static String shown(Broker broker) {
        return broker.endpoints().stream()
                .map(endpoint -> endpoint.listener() + " (" + endpoint.securityProtocol() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
