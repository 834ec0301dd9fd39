package org.reassign.api.model;

import org.reassign.api.Evolving;

/**
 * One address at which a broker listens.
 *
 * @param listener the listener's name, such as {@code PLAINTEXT} or {@code REPLICATION}
 * @param securityProtocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param host the advertised host name or address, an IPv6 address without brackets
 * @param port the advertised port
 */
@Evolving(since = "1.0")
public record Endpoint(String listener, String securityProtocol, String host, int port) {}
