package org.reassign.plugin.simulatedbrokers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;

/** Writes and removes the znodes of topics. */
final class TopicZnodes {
    private static final List<String> PARENTS = List.of("/brokers", "/brokers/topics", "/config", "/config/topics");
    private static final int DELETE_ATTEMPTS = 10;

    private final LabSession session;

    TopicZnodes(LabSession session) {
        this.session = session;
    }

    static String topicPath(String topic) {
        return "/brokers/topics/" + topic;
    }

    static String configPath(String topic) {
        return "/config/topics/" + topic;
    }

    static String statePath(TopicPartition partition) {
        return topicPath(partition.topic()) + "/partitions/" + partition.partition() + "/state";
    }

    /** The {@code state} of a new partition: led by its first replica, all in sync, all epochs 0. */
    static LeaderAndIsr firstState(Replicas replicas) {
        return new LeaderAndIsr(replicas.ids().get(0), 0, 0, replicas, Map.of());
    }

    /**
     * Makes a topic's znodes; the topic znode, its configuration and the first partitions in one transaction. The
     * configuration of a topic that was deleted or made in part is replaced, as Kafka does.
     */
    CompletionStage<Void> create(String topic, SortedMap<Integer, Replicas> assigned, int minInSyncReplicas) {
        String path = configPath(topic);
        String config = BrokerJson.topicConfig(minInSyncReplicas);
        return session.repeat(zk -> zk.exists(path))
                .thenApply(there -> there.isPresent()
                        ? ZkWrite.setData(path, config, ZkWrite.ANY_VERSION)
                        : ZkWrite.create(path, config))
                .thenCompose(write -> create(topic, assigned, write));
    }

    private CompletionStage<Void> create(String topic, SortedMap<Integer, Replicas> assigned, ZkWrite config) {
        List<ZkWrite> writes = new ArrayList<>();
        writes.add(ZkWrite.create(topicPath(topic), BrokerJson.topic(assigned)));
        writes.add(config);
        writes.add(ZkWrite.create(topicPath(topic) + "/partitions", ""));
        assigned.forEach((number, replicas) -> {
            writes.add(ZkWrite.create(topicPath(topic) + "/partitions/" + number, ""));
            writes.add(ZkWrite.create(
                    statePath(new TopicPartition(topic, number)), BrokerJson.state(firstState(replicas))));
        });
        return commit(Session.chunks(writes).iterator());
    }

    /**
     * Commits in order as transactions of moderate size, each awaited; what was done before a failure stays done. Znodes
     * of a transaction that is repeated after a broken connection and that exist then are its own.
     */
    private CompletionStage<Void> commit(Iterator<List<ZkWrite>> chunks) {
        if (!chunks.hasNext()) {
            return CompletableFuture.completedStage(null);
        }
        List<ZkWrite> chunk = chunks.next();
        AtomicInteger attempts = new AtomicInteger();
        return Session.recover(
                        session.repeat(zk -> {
                            attempts.incrementAndGet();
                            return zk.commit(chunk, PARENTS);
                        }),
                        failure -> attempts.get() > 1 && Session.code(failure) == ZkException.Code.NODE_EXISTS
                                ? CompletableFuture.completedStage(List.of())
                                : CompletableFuture.failedStage(failure))
                .thenCompose(done -> commit(chunks));
    }

    /** Removes the topic znode with all below it, and its configuration; what is gone already does not matter. */
    CompletionStage<Void> delete(String topic) {
        return session.repeat(zk -> delete(zk, topic, DELETE_ATTEMPTS));
    }

    private static CompletionStage<Void> delete(Session zk, String topic, int attempts) {
        CompletionStage<Void> deleted = zk.exists(configPath(topic))
                .thenCombine(
                        zk.exists(topicPath(topic))
                                .thenCompose(stat -> stat.isPresent()
                                        ? below(zk, topicPath(topic))
                                        : CompletableFuture.completedStage(List.<String>of())),
                        (config, paths) -> Stream.concat(
                                        paths.stream(), config.stream().map(stat -> configPath(topic)))
                                .map(path -> ZkWrite.delete(path, ZkWrite.ANY_VERSION))
                                .toList())
                .thenCompose(zk::commitInChunks);
        return Session.recover(deleted, failure -> {
            ZkException.Code code = Session.code(failure);
            boolean changedMeanwhile = code == ZkException.Code.NO_NODE || code == ZkException.Code.NOT_EMPTY;
            return attempts > 0 && changedMeanwhile
                    ? delete(zk, topic, attempts - 1)
                    : CompletableFuture.failedStage(failure);
        });
    }

    /** A path and all below it, children before their parents. */
    private static CompletionStage<List<String>> below(Session zk, String path) {
        return zk.getChildren(path).thenCompose(names -> {
            CompletionStage<List<String>> paths = CompletableFuture.completedStage(List.of());
            for (CompletionStage<List<String>> child : names.stream()
                    .sorted()
                    .map(name -> below(zk, path + "/" + name))
                    .toList()) {
                paths = paths.thenCombine(child, TopicZnodes::concat);
            }
            return paths.thenApply(found -> concat(found, List.of(path)));
        });
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
