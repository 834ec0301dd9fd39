package org.reassign.api.client;

import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;

/**
 * A replica that is assigned no longer and that its broker could not be told to delete yet.
 *
 * @param broker the broker, which was dead or did not answer
 * @param partition the partition
 * @param sinceMillis when this was last written down, in epoch milliseconds
 */
@Evolving(since = "1.0")
public record OwedReplica(int broker, TopicPartition partition, long sinceMillis) {}
