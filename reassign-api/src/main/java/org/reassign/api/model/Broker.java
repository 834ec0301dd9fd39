package org.reassign.api.model;

import java.util.Optional;
import org.reassign.api.Evolving;

/**
 * A broker as registered in {@code /brokers/ids/N}.
 *
 * @param id its id
 * @param epoch the broker epoch: czxid of its registration; a command that carries an older one is refused
 * @param host where it listens
 * @param port where it listens
 * @param rack its rack, if it has one
 */
@Evolving(since = "1.0")
public record Broker(int id, long epoch, String host, int port, Optional<String> rack) {}
