package org.reassign.plugin.kafkabrokers.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reassign.api.model.TopicPartition;

/**
 * Holds replicas by follower throttles, {@code follower.replication.throttled.replicas} of a topic, whose quota {@link
 * HoldingReporter} makes exceeded at once and for ever. Kafka throttles no replica that is in sync: its fetchers ask
 * again whether it is when they are made again, which a change of {@code num.replica.fetchers} does. Calls block, and may
 * be made from any thread.
 */
public final class ReplicaHolds {
    private static final String THROTTLED = "follower.replication.throttled.replicas";
    private static final String RATE = "follower.replication.throttled.rate";
    private static final String FETCHERS = "num.replica.fetchers";

    private final ConfigZnodes configs;
    private final SortedMap<String, SortedSet<String>> heldByTopic = new TreeMap<>();
    private final Map<Integer, Integer> fetchersByBroker = new HashMap<>();
    private int number;

    /** What is asked of the broker of a held replica, in whatever way it was started. */
    public interface Holder {
        /** Completes when {@link HoldingReporter} has printed {@code applied} and this number. */
        Future<Void> applied(String number);

        /** The broker's last words, for a complaint. */
        String lastError();
    }

    /**
     * Nothing is held yet.
     *
     * @param configs of brokers that have {@link HoldingReporter} among their {@code metric.reporters}
     */
    public ReplicaHolds(ConfigZnodes configs) {
        this.configs = configs;
    }

    /** Prepares a broker that is about to be started: a throttle without a rate has no quota. */
    public synchronized void prepare(int broker) {
        fetchersByBroker.remove(broker);
        configs.create("brokers/" + broker, RATE, "0");
    }

    /**
     * Holds a replica; returns when its broker knows, and fetches it no more.
     *
     * @throws IllegalStateException where the broker does not say so in time
     */
    public void hold(TopicPartition partition, int broker, Holder holder, Duration limit) {
        int own;
        synchronized (this) {
            SortedSet<String> held = heldByTopic.computeIfAbsent(partition.topic(), none -> new TreeSet<>());
            held.add(partition.partition() + ":" + broker);
            write(partition.topic());
            own = ++number;
            int fetchers = fetchersByBroker.merge(broker, 2, (before, two) -> 3 - before);
            configs.change("brokers/" + broker, FETCHERS, Integer.toString(fetchers));
            configs.change("brokers/" + broker, HoldingReporter.NUMBER, Integer.toString(own));
        }
        try {
            var unused = holder.applied(Integer.toString(own)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "broker " + broker + " has not taken over the throttle of " + partition + " within "
                            + limit.toSeconds() + " s; its log says why: " + holder.lastError(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the lab was closed", e);
        }
    }

    /** Lets a replica fetch again. */
    synchronized void release(TopicPartition partition, int broker) {
        SortedSet<String> held = heldByTopic.getOrDefault(partition.topic(), new TreeSet<>());
        if (held.remove(partition.partition() + ":" + broker)) {
            write(partition.topic());
        }
    }

    /** Lets all replicas fetch again. */
    public synchronized void releaseAll() {
        for (Map.Entry<String, SortedSet<String>> topic : heldByTopic.entrySet()) {
            if (!topic.getValue().isEmpty()) {
                topic.getValue().clear();
                write(topic.getKey());
            }
        }
    }

    /** The topic is deleted, and its configuration with it. */
    synchronized void forget(String topic) {
        heldByTopic.remove(topic);
    }

    private void write(String topic) {
        configs.change("topics/" + topic, THROTTLED, String.join(",", heldByTopic.get(topic)));
    }
}
