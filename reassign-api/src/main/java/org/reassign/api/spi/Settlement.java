package org.reassign.api.spi;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.Replicas;

/**
 * An entry of a request that is settled, so that it is to go from where it lies: the controller can finish it without the
 * request, or it is answered ({@link ChannelTrait#STAYS_UNTIL_ANSWERED}).
 *
 * @param request the request's id
 * @param name the partition as written; the request's id where the whole of it was refused or names no partition
 * @param target what the entry asked for; empty for a cancel and for an entry that could not be read
 */
@Evolving(since = "1.0")
public record Settlement(String request, String name, Optional<Replicas> target) {}
