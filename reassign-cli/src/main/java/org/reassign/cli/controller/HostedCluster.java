package org.reassign.cli.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.Scenario.TopicPlan;

/**
 * What of a cluster runs in this process so far. Topics that are missing are made, and partitions that have no {@code
 * state}, because an earlier process ended while it made their topic, are finished. Of topics that exist, replicas in the
 * ISR have their data and all others are empty: the brokers that had them ended with an earlier process.
 */
final class HostedCluster {
    private static final String TOPICS = "/brokers/topics/";

    private final Scenario cluster;
    private final Lab lab;
    private final SortedSet<Integer> running = new TreeSet<>();
    private final SortedSet<String> restored = new TreeSet<>();
    private final SortedSet<String> made = new TreeSet<>();
    private int finished;

    /** Nothing runs yet. */
    HostedCluster(Scenario cluster, Lab lab) {
        this.cluster = cluster;
        this.lab = lab;
    }

    /** The brokers that are started. */
    SortedSet<Integer> running() {
        return new TreeSet<>(running);
    }

    /** What was done about topics, as the rest of a sentence. */
    String topics() {
        return (made.isEmpty() ? "" : "; made " + made.size() + " topics")
                + (finished == 0 ? "" : "; made the state of " + finished + " partitions that had none")
                + (restored.isEmpty()
                        ? ""
                        : "; of " + restored.size() + " topics, replicas in the ISR have their data");
    }

    /** Starts what does not run yet. After a failure it may be called again. */
    void start(ZkPort zk) {
        List<TopicPlan> missing = cluster.topics().values().stream()
                .filter(topic -> !restored.contains(topic.name()) && !made.contains(topic.name()))
                .filter(topic -> !restore(topic, zk))
                .toList();
        Map<Integer, CompletionStage<Void>> brokers = new LinkedHashMap<>();
        cluster.brokers().stream()
                .filter(broker -> !running.contains(broker.id()))
                .forEach(broker -> brokers.put(broker.id(), lab.start(broker.id(), broker.rack())));
        all(brokers, running);
        Map<String, CompletionStage<Void>> topics = new LinkedHashMap<>();
        missing.forEach(topic -> topics.put(
                topic.name(),
                lab.createTopic(
                        topic.name(), topic.assigned(), topic.bytesPerPartition(), cluster.minInSyncReplicas())));
        all(topics, made);
    }

    /** Waits for all, also where one fails, and notes which were done. */
    private static <K> void all(Map<K, CompletionStage<Void>> stages, SortedSet<K> done) {
        List<RuntimeException> failures = new ArrayList<>();
        stages.forEach((key, stage) -> {
            try {
                done(stage);
                done.add(key);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** Whether the topic exists; if so, its replicas in the ISR get their data. */
    private boolean restore(TopicPlan topic, ZkPort zk) {
        Optional<ZkNode> node = done(zk.getData(TOPICS + topic.name()));
        if (node.isEmpty()) {
            return false;
        }
        SortedMap<Integer, Replicas> assigned = TopicJson.decode(topic.name(), node.get())
                .map(read -> read.assigned())
                .orElse(new TreeMap<>());
        Map<Integer, CompletableFuture<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        assigned.keySet()
                .forEach(number -> reads.put(
                        number,
                        zk.getData(StateJson.path(new TopicPartition(topic.name(), number)))
                                .toCompletableFuture()));
        SortedMap<Integer, Replicas> holders = new TreeMap<>();
        reads.forEach((number, state) -> holders.put(number, holders(done(state))));
        SortedMap<Integer, Replicas> stateless = new TreeMap<>(assigned);
        stateless
                .entrySet()
                .removeIf(one -> done(reads.get(one.getKey())).isPresent()
                        || one.getValue().ids().isEmpty());
        finish(topic.name(), stateless, zk);
        holders.putAll(stateless);
        done(lab.restoreTopic(topic.name(), holders, topic.bytesPerPartition()));
        restored.add(topic.name());
        return true;
    }

    private static Replicas holders(Optional<ZkNode> state) {
        return state.flatMap(node -> StateJson.decode(node.text()))
                .map(LeaderAndIsr::isr)
                .orElse(Replicas.NONE);
    }

    /** Makes the {@code state} of partitions as it is when a topic is made: led by the first replica, all in sync. */
    private void finish(String topic, SortedMap<Integer, Replicas> stateless, ZkPort zk) {
        if (stateless.isEmpty()) {
            return;
        }
        String parent = TOPICS + topic + "/partitions";
        make(parent, "", zk);
        stateless.forEach((number, replicas) -> {
            LeaderAndIsr first = new LeaderAndIsr(replicas.ids().get(0), 0, 0, replicas, Map.of());
            make(parent + "/" + number, "", zk);
            make(StateJson.path(new TopicPartition(topic, number)), StateJson.encode(first), zk);
            finished++;
        });
    }

    private static void make(String path, String text, ZkPort zk) {
        if (done(zk.exists(path)).isEmpty()) {
            var unused = done(zk.commit(List.of(ZkWrite.create(path, text))));
        }
    }

    /** The answer, or the failure itself. */
    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
