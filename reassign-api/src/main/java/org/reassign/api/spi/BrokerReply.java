package org.reassign.api.spi;

import java.util.Map;
import org.reassign.api.Evolving;
import org.reassign.api.model.TopicPartition;

/**
 * A broker's answer, with Kafka's error codes.
 *
 * @param error the error of the request as a whole; then no partition was touched
 * @param errors per partition its error; {@link #NONE} for those that are not named
 */
@Evolving(since = "1.0")
public record BrokerReply(int error, Map<TopicPartition, Integer> errors) {
    /** No error. */
    public static final int NONE = 0;
    /** UNKNOWN_TOPIC_OR_PARTITION: LeaderAndIsr for a partition that does not have the broker in {@code replicas}. */
    public static final int NOT_A_REPLICA = 3;
    /** STALE_CONTROLLER_EPOCH; for one partition: it knows this leader epoch or a higher one already. */
    public static final int STALE_CONTROLLER_EPOCH = 11;
    /** KAFKA_STORAGE_ERROR: the replica is, or is to be, in a log directory that has failed. */
    public static final int STORAGE_ERROR = 56;
    /** FENCED_LEADER_EPOCH: StopReplica with an epoch below the one it knows; not deleted. */
    public static final int FENCED_LEADER_EPOCH = 74;
    /** STALE_BROKER_EPOCH: the broker has registered again since. */
    public static final int STALE_BROKER_EPOCH = 77;

    /** Copies the map. */
    public BrokerReply {
        errors = Map.copyOf(errors);
    }

    /** The error for one partition. */
    public int errorOf(TopicPartition partition) {
        return error != NONE ? error : errors.getOrDefault(partition, NONE);
    }
}
