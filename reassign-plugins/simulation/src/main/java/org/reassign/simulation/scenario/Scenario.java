package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Replicas;

/**
 * A cluster, what is done to it, and how it is to end.
 *
 * @param file where it was read from, for messages
 * @param name its name
 * @param brokers the brokers in the order written; round robin and {@code shiftBy} follow this order
 * @param topics the topics by name, generated ones among them
 * @param minInSyncReplicas min.insync.replicas of every topic
 * @param replication how fast brokers copy; empty for what the gateway does by itself
 * @param steps what is done, in order
 * @param expect how it is to end
 */
public record Scenario(
        String file,
        String name,
        List<BrokerPlan> brokers,
        SortedMap<String, TopicPlan> topics,
        int minInSyncReplicas,
        Optional<Replication> replication,
        List<StepAt> steps,
        Expectation expect) {
    /** Copies the collections. */
    public Scenario {
        brokers = List.copyOf(brokers);
        topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
        steps = List.copyOf(steps);
    }

    /** A broker of the cluster. */
    public record BrokerPlan(int id, Optional<String> rack) {}

    /**
     * A topic of the cluster.
     *
     * @param name its name
     * @param assigned partition to replicas; partition numbers may have gaps
     * @param bytesPerPartition how much each partition holds
     */
    public record TopicPlan(String name, SortedMap<Integer, Replicas> assigned, long bytesPerPartition) {
        /** Copies the map. */
        public TopicPlan {
            assigned = Collections.unmodifiableSortedMap(new TreeMap<>(assigned));
        }
    }

    /**
     * How brokers copy.
     *
     * @param bytesPerSecondPerBroker what a broker can send, and receive
     * @param isrNotificationLinger how long a leader gathers ISR changes before it notifies
     */
    public record Replication(long bytesPerSecondPerBroker, Duration isrNotificationLinger) {}

    /** A step and the line on which it stands. */
    public record StepAt(int line, Step step) {}

    /** A sentence about one line of the scenario. */
    String at(int line, String sentence) {
        return file + ":" + line + ": " + sentence;
    }
}
