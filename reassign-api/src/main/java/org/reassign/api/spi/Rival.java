package org.reassign.api.spi;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.reassign.api.Evolving;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * The controller that the brokers of a {@link Lab} have of their own. It holds the office while no other process does, and
 * is given the same work for comparison. Methods may be called from any thread; a stage fails with {@link
 * IllegalStateException}, whose message is one sentence.
 */
@Evolving(since = "1.0")
public interface Rival {
    /** What reports call it in the place of a gateway, such as {@code kafka}. */
    String name();

    /** How it is asked, in a few words for reports. */
    String requests();

    /** Completes when it holds the office and answers; what that takes is not part of its work. */
    CompletionStage<Void> ready();

    /**
     * Asks it for other replicas. What it has accepted is done when the topic's znode has the target and no fields of
     * a reassignment, and {@code /admin/reassign_partitions} does not exist.
     *
     * @param targets partition to wanted replica list; empty to cancel
     * @return completes when it has accepted or refused each, with those that it has refused
     */
    CompletionStage<SortedMap<TopicPartition, Refusal>> submit(SortedMap<TopicPartition, Optional<Replicas>> targets);
}
