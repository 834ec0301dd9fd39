package org.reassign.core.throttle;

import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What is copied for one partition, as {@code kafka-reassign-partitions.sh} computes it ({@code calculateProposedMoveMap} of
 * Kafka 3.9).
 *
 * @param partition which one
 * @param sources its replicas, without those that a reassignment in flight is adding; throttled as leaders
 * @param destinations the replicas that are added; throttled as followers
 */
public record ThrottledMove(TopicPartition partition, Replicas sources, Replicas destinations) {
    /**
     * The move of a partition to a target.
     *
     * @param replicas its assigned replicas
     * @param adding those that a reassignment in flight is adding, if there is one
     */
    public static ThrottledMove to(Replicas target, TopicPartition partition, Replicas replicas, Replicas adding) {
        Replicas sources = replicas.minus(adding);
        return new ThrottledMove(partition, sources, target.minus(sources));
    }

    /** All brokers that take part: their rates are limited. */
    Replicas brokers() {
        return sources.append(destinations);
    }
}
