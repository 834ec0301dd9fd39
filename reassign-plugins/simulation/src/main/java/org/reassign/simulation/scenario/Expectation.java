package org.reassign.simulation.scenario;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * How a scenario is to end. What is not named is not checked.
 *
 * @param replicas the assigned replicas, in their order
 * @param answers what the answers to a partition's entries may be, in the order in which the entries were given; more
 *     than one where it depends on the plugins
 * @param drops the brokers dropped before completion, in any order
 * @param noLeftovers whether nothing of ours may be left
 */
public record Expectation(
        SortedMap<TopicPartition, Replicas> replicas,
        SortedMap<TopicPartition, List<Set<Answer.Outcome>>> answers,
        SortedMap<TopicPartition, Replicas> drops,
        boolean noLeftovers) {
    /** Expects nothing. */
    public static final Expectation NONE = new Expectation(
            Collections.emptySortedMap(), Collections.emptySortedMap(), Collections.emptySortedMap(), false);

    /** Copies the maps. */
    public Expectation {
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
    }
}
