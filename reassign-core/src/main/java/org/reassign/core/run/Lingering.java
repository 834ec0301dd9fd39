package org.reassign.core.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Timers;
import org.reassign.core.decide.PartitionState;

/**
 * Partitions that are in sync and wait for others of their topic, so that a topic shrinks in one write: until all of it
 * that is in flight is in sync, or the linger is over.
 */
final class Lingering {
    private final Duration linger;
    private final Timers timers;
    private final Loop loop;
    private final ClusterState cluster;
    private final Map<String, Set<TopicPartition>> waiting = new HashMap<>();
    private boolean timerSet;

    Lingering(Mandate mandate, ClusterState cluster) {
        this.linger = mandate.settings().completionLinger();
        this.timers = mandate.timers();
        this.loop = mandate.loop();
        this.cluster = cluster;
    }

    /** Notes which of these are in sync; when that makes a topic's last one, all of the topic are looked at. */
    void note(List<PartitionState> partitions) {
        Set<String> topics = new HashSet<>();
        for (PartitionState p : partitions) {
            String topic = p.partition().topic();
            Set<TopicPartition> waits = waiting.computeIfAbsent(topic, t -> new TreeSet<>());
            boolean ready = p.inSync(cluster.liveFor(p)) && !p.progress().shrinking();
            if (ready ? waits.add(p.partition()) : waits.remove(p.partition())) {
                topics.add(topic);
            }
        }
        topics.stream().filter(this::done).forEach(topic -> cluster.dirty.addAll(waiting.get(topic)));
        topics.stream().filter(topic -> waiting.get(topic).isEmpty()).forEach(waiting::remove);
    }

    /** Whether this one may shrink now; if not, it is looked at again when it may. */
    boolean over(PartitionState p) {
        long since = p.progress().readySince().orElse(timers.nowMillis());
        if (linger.isZero()
                || p.progress().shrinking()
                || timers.nowMillis() - since >= linger.toMillis()
                || done(p.partition().topic())) {
            return true;
        }
        if (!timerSet) {
            timerSet = true;
            timers.after(linger, () -> loop.mark(this::lookAgain));
        }
        return false;
    }

    /** The partition is no longer tracked. */
    void forget(TopicPartition partition) {
        Set<TopicPartition> waits = waiting.get(partition.topic());
        if (waits != null && waits.remove(partition) && waits.isEmpty()) {
            waiting.remove(partition.topic());
        }
    }

    private void lookAgain() {
        timerSet = false;
        new ArrayList<>(waiting.values()).forEach(cluster.dirty::addAll);
    }

    /** Whether all of the topic that is in flight, and not shrinking already, is in sync. */
    private boolean done(String topic) {
        Set<TopicPartition> waits = waiting.getOrDefault(topic, Set.of());
        if (waits.isEmpty() || !cluster.topics.containsKey(topic)) {
            return false;
        }
        return cluster.topics.get(topic).inFlight().keySet().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .allMatch(partition -> waits.contains(partition)
                        || cluster.partition(partition)
                                .map(p -> p.progress().shrinking())
                                .orElse(false));
    }
}
