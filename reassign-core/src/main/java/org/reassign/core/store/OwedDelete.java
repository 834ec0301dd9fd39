package org.reassign.core.store;

import org.reassign.api.model.TopicPartition;

/**
 * A replica that has left AR but whose broker has not confirmed its deletion.
 *
 * @param broker the broker
 * @param partition the partition
 * @param leaderEpoch the leader epoch that StopReplica carries: above that of every LeaderAndIsr sent to the broker
 *     before, below that of any that makes it a replica again
 */
public record OwedDelete(int broker, TopicPartition partition, int leaderEpoch) {}
