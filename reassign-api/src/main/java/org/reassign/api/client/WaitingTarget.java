package org.reassign.api.client;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * An entry of a stored request that is not, or not yet, in flight: no controller has accepted it, or it waits for others to
 * end.
 *
 * @param partition the partition
 * @param target the wanted replica list; empty for a cancel
 * @param request id of the request
 * @param mechanism the kind of channel that it came by
 * @param requester the requester's name, if given
 * @param reason why, if said
 */
@Evolving(since = "1.0")
public record WaitingTarget(
        TopicPartition partition,
        Optional<Replicas> target,
        String request,
        Mechanism mechanism,
        Optional<String> requester,
        Optional<String> reason) {}
