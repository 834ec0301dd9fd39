package org.reassign.plugin.kafkabrokers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/**
 * What of brokers' registrations can be used. A broker may register an address that does not exist; then the others
 * are not told of it, and the user is, once. Used by the I/O thread alone.
 */
final class Registrations {
    private static final int HIGHEST_PORT = 65_535;

    private final Consumer<String> warnings;
    private final Set<String> warned = new HashSet<>();

    Registrations(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** These brokers with those of their endpoints that can be used; without those that have none. */
    List<Broker> usable(List<Broker> brokers) {
        List<Broker> usable = new ArrayList<>();
        for (Broker broker : brokers) {
            List<Endpoint> endpoints = endpoints(broker);
            if (endpoints.isEmpty()) {
                warn("broker " + broker.id() + " is registered without an endpoint that can be used, so that no other"
                        + " broker or client is told of it; correct its listeners and advertised.listeners");
                continue;
            }
            usable.add(new Broker(broker.id(), broker.epoch(), endpoints, broker.rack()));
        }
        return usable;
    }

    /** The endpoints of a broker that can be used, in their order. */
    List<Endpoint> endpoints(Broker broker) {
        List<Endpoint> usable = new ArrayList<>();
        for (Endpoint endpoint : broker.endpoints()) {
            Optional<String> fault = fault(endpoint);
            if (fault.isPresent()) {
                warn("broker " + broker.id() + " is registered with the endpoint " + endpoint.listener() + "://"
                        + endpoint.host() + ":" + endpoint.port() + ", " + fault.get());
                continue;
            }
            usable.add(endpoint);
        }
        return usable;
    }

    private static Optional<String> fault(Endpoint endpoint) {
        if (endpoint.port() < 1 || endpoint.port() > HIGHEST_PORT) {
            return Optional.of("whose port is not one of 1 to " + HIGHEST_PORT
                    + ", so that it is left out; correct the broker's listeners and advertised.listeners");
        }
        if (!SecurityProtocol.names().contains(endpoint.securityProtocol().toUpperCase(Locale.ROOT))) {
            return Optional.of("whose security protocol '" + endpoint.securityProtocol()
                    + "' is unknown, so that it is left out; correct the broker's listener.security.protocol.map");
        }
        return Optional.empty();
    }

    /** The address over which other brokers fetch from a broker, one of {@link #usable}; warns where there is none. */
    Optional<Endpoint> fetchedFrom(Broker broker, String listener) {
        Optional<Endpoint> found = broker.endpoints().stream()
                .filter(endpoint -> endpoint.listener().equalsIgnoreCase(listener))
                .findFirst();
        if (found.isEmpty()) {
            warn("broker " + broker.id() + " has no listener " + listener
                    + " that can be used, over which other brokers fetch, but " + Addresses.shown(broker)
                    + ", so that no follower fetches from it;"
                    + " give it one, or set inter.broker.listener.name alike on all brokers");
        }
        return found;
    }

    private void warn(String sentence) {
        if (warned.add(sentence)) {
            warnings.accept(sentence);
        }
    }
}
