package org.reassign.api.client;

import java.util.List;
import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * An entry of a request that is stored.
 *
 * @param partition the partition
 * @param target the wanted replica list; empty where it cancels
 * @param mechanism the kind of channel that it was submitted through
 * @param channel the name of the channel, which a later controller need not open
 * @param requests the ids of the requests among which it is: one, unless it was split because of its size
 * @param answer the name under which its outcome is kept, if it is
 */
@Evolving(since = "1.0")
public record SubmittedTarget(
        TopicPartition partition,
        Optional<Replicas> target,
        Mechanism mechanism,
        String channel,
        List<String> requests,
        Optional<String> answer) {
    /** Copies the list. */
    public SubmittedTarget {
        requests = List.copyOf(requests);
    }
}
