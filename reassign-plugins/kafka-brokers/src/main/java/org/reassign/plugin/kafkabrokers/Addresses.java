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
    static Endpoint commanded(Broker broker, TakeoverOptions options, Registrations registrations) {
        String protocol = options.securityProtocol();
        List<Endpoint> named = registrations.endpoints(broker).stream()
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

    /** The listeners of a broker in a sentence. */
    static String shown(Broker broker) {
        return broker.endpoints().stream()
                .map(endpoint -> endpoint.listener() + " (" + endpoint.securityProtocol() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
