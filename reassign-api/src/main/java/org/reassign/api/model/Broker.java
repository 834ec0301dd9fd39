package org.reassign.api.model;

import java.util.List;
import java.util.Optional;
import org.reassign.api.Evolving;

/**
 * A broker as registered in {@code /brokers/ids/N}.
 *
 * @param id its id
 * @param epoch the broker epoch: czxid of its registration; a command that carries an older one is refused
 * @param endpoints all endpoints of its registration, in its order; empty where the registration names none that can be
 *     understood: the broker is live, and no command can reach it
 * @param rack its rack, if it has one
 */
@Evolving(since = "1.0")
public record Broker(int id, long epoch, List<Endpoint> endpoints, Optional<String> rack) {
    /** Copies the list. */
    public Broker {
        endpoints = List.copyOf(endpoints);
    }
}
