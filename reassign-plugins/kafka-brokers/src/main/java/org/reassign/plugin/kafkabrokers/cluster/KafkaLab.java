package org.reassign.plugin.kafkabrokers.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Rival;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSessions;
import org.reassign.plugin.kafkabrokers.cluster.PartitionZnodes.Led;

/**
 * The lab of real brokers: JVMs of their own on this machine, started with an empty ZooKeeper, of which one is Kafka's
 * own controller until another process takes over. Topics are made as old tools made them, by their znodes, and get
 * their data from a producer. Each call blocks a thread of its own until ZooKeeper shows the effect or its time is over.
 */
public final class KafkaLab implements Lab, AutoCloseable {
    /** For one effect; some calls have several. */
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Of a topic that Kafka's controller makes or deletes, perhaps after hundreds of others. */
    private static final Duration TOPIC_LIMIT = Duration.ofSeconds(90);

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String NO_ZOOKEEPER =
            "real brokers cannot reach a ZooKeeper in the memory of this process; choose --zookeeper embedded";
    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();

    private final LabZnodes znodes;
    private final ConfigZnodes configs;
    private final ReplicaHolds holds;
    private final BrokerCluster brokers;
    private final Supplier<Path> jars;
    private final Consumer<String> notes;
    private final LabTasks tasks = new LabTasks();
    private final KafkaController controller;

    /**
     * A lab without brokers; each needs the listener PLAINTEXT, over which it gets its data.
     *
     * @param zooKeeper where the brokers register, as other processes reach it; {@code sessions} are with it; without it none can be started
     * @param jars blocks until Kafka's jars are there, and gives their folder; throws {@link IllegalStateException}
     * @param settings of {@code server.properties}, which win over those of the lab
     */
    public KafkaLab(
            KafkaVersion version,
            Optional<String> zooKeeper,
            ZkSessions sessions,
            Supplier<Path> jars,
            Consumer<String> notes,
            Map<String, String> settings) {
        this.znodes = new LabZnodes(sessions);
        this.configs = new ConfigZnodes(znodes);
        this.holds = new ReplicaHolds(configs);
        this.brokers = new BrokerCluster(version, zooKeeper, settings);
        this.jars = jars;
        this.notes = notes;
        this.controller = KafkaController.of(version, this::addresses, znodes, tasks);
    }

    /** Real brokers copy as fast as they can, and notify as late as Kafka has it. */
    @Override
    public void replication(long bytesPerSecondPerBroker, Duration isrNotificationLinger) {
        notes.accept("'replication' of the scenario is for simulated brokers; real ones copy as fast as they can");
    }

    @Override
    public CompletionStage<Void> prepare() {
        return tasks.run(() -> {
            refuseIf(brokers.zooKeeper().isEmpty(), NO_ZOOKEEPER);
            var unused = jars.get();
        });
    }

    @Override
    public Duration limit() {
        return LIMIT.multipliedBy(4);
    }

    @Override
    public CompletionStage<Void> start(int broker, Optional<String> rack) {
        return tasks.run(() -> {
            refuseIf(brokers.running(broker).isPresent(), "broker " + broker + " runs already; kill it first");
            holds.prepare(broker);
            BrokerProcess process = brokers.start(broker, rack, jars.get());
            try {
                var unused = znodes.await(
                        PartitionZnodes.broker(broker),
                        Optional::isPresent,
                        START_LIMIT,
                        process.onExit(),
                        found -> process.isAlive()
                                ? "broker " + broker + " has not registered within " + START_LIMIT.toSeconds() + " s"
                                : "broker " + broker + " has ended by itself: " + process.lastError());
            } catch (RuntimeException e) {
                brokers.kill(process);
                throw e;
            }
        });
    }

    @Override
    public CompletionStage<Void> kill(int broker) {
        return tasks.run(() -> {
            BrokerProcess process = running(broker);
            String path = PartitionZnodes.broker(broker);
            Optional<ZkNode> registered = znodes.read(path);
            brokers.kill(process);
            if (registered.isPresent()) {
                long epoch = registered.get().stat().czxid();
                var unused = znodes.await(
                        path,
                        found -> found.filter(node -> node.stat().czxid() == epoch)
                                .isEmpty(),
                        LIMIT,
                        NEVER,
                        found -> path + " is still there " + LIMIT.toSeconds() + " s after the broker was killed");
            }
        });
    }

    private BrokerProcess running(int broker) {
        return brokers.running(broker)
                .orElseThrow(() -> new IllegalArgumentException("broker " + broker + " does not run; start it first"));
    }

    @Override
    public CompletionStage<Void> createTopic(
            String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition, int minInSyncReplicas) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>(assigned);
        return tasks.run(() -> {
            refuseFaults(topic, partitions, bytesPerPartition, minInSyncReplicas);
            configs.create("topics/" + topic, "min.insync.replicas", Integer.toString(minInSyncReplicas));
            znodes.put(PartitionZnodes.topic(topic), PartitionZnodes.text(partitions));
            partitions.forEach((partition, replicas) -> awaitAll(new TopicPartition(topic, partition), replicas));
            if (bytesPerPartition > 0) {
                append(
                        partitions.keySet().stream()
                                .map(partition -> new TopicPartition(topic, partition))
                                .toList(),
                        bytesPerPartition,
                        "all");
            }
        });
    }

    private void refuseFaults(
            String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition, int minInSyncReplicas) {
        refuseIf(
                !TopicPartition.isTopicName(topic)
                        || assigned.isEmpty()
                        || assigned.containsValue(Replicas.NONE)
                        || assigned.firstKey() < 0,
                "topic '" + topic + "' needs a name, and partitions from 0 on with replicas, not " + assigned);
        refuseIf(
                bytesPerPartition < 0 || minInSyncReplicas < 1,
                "topic " + topic + " has " + bytesPerPartition + " bytes per partition and min.insync.replicas "
                        + minInSyncReplicas + ", which must be at least 0 and 1");
        assigned.values().stream()
                .map(Replicas::ids)
                .flatMap(Collection::stream)
                .forEach(id -> refuseIf(
                        brokers.running(id).isEmpty(),
                        "topic " + topic + " is to be on broker " + id + ", which does not run; start it first"));
        refuseIf(
                znodes.read(PartitionZnodes.topic(topic)).isPresent(),
                "topic " + topic + " exists already; delete it first");
    }

    private void awaitAll(TopicPartition partition, Replicas replicas) {
        var unused = znodes.await(
                PartitionZnodes.state(partition),
                state -> Led.of(state).leader() == replicas.ids().get(0)
                        && Led.of(state).isr().containsAll(replicas.ids()),
                TOPIC_LIMIT,
                NEVER,
                state -> partition + " has not been made within " + TOPIC_LIMIT.toSeconds() + " s on " + replicas.ids()
                        + ", but is led by " + Led.of(state).leader() + " with ISR "
                        + Led.of(state).isr() + "; topics are made by Kafka's own controller, which must lead");
    }

    private void append(List<TopicPartition> partitions, long bytes, String acks) {
        try (TopicData data = new TopicData(addresses(), acks)) {
            data.append(partitions, bytes);
        }
    }

    private List<String> addresses() {
        return brokers.running().stream()
                .flatMap(broker -> znodes.read(PartitionZnodes.broker(broker)).stream())
                .flatMap(node -> PartitionZnodes.address(node).stream())
                .toList();
    }

    /** Asks for the deletion by {@code /admin/delete_topics}, which is done by Kafka's own controller when it leads. */
    @Override
    public CompletionStage<Void> deleteTopic(String topic) {
        return tasks.run(() -> {
            String path = PartitionZnodes.topic(topic);
            refuseIf(znodes.read(path).isEmpty(), "there is no topic " + topic);
            holds.forget(topic);
            znodes.put("/admin/delete_topics/" + topic, "");
            var unused = znodes.await(
                    path,
                    Optional::isEmpty,
                    TOPIC_LIMIT,
                    NEVER,
                    found -> "topic " + topic + " is still there after " + TOPIC_LIMIT.toSeconds()
                            + " s; topics are deleted by Kafka's own controller, once it leads again");
        });
    }

    @Override
    public CompletionStage<Void> hold(TopicPartition partition, int broker) {
        return tasks.run(() -> {
            BrokerProcess process = running(broker);
            String path = PartitionZnodes.state(partition);
            Optional<ZkNode> state = znodes.read(path);
            refuseIf(state.isEmpty(), "there is no partition " + partition);
            refuseIf(
                    Led.of(state).leader() == broker,
                    "broker " + broker + " leads " + partition + "; only a follower can be held");
            holds.hold(partition, broker, process, LIMIT);
            if (Led.of(znodes.read(path)).isr().contains(broker)) {
                append(List.of(partition), 1, "1"); // a leader drops only a follower that lacks something
                awaitOut(partition, broker, path);
            }
        });
    }

    private void awaitOut(TopicPartition partition, int broker, String path) {
        var unused = znodes.await(
                path,
                found -> !Led.of(found).isr().contains(broker),
                LIMIT,
                NEVER,
                found -> "broker " + broker + " has not left the ISR of " + partition + " within " + LIMIT.toSeconds()
                        + " s");
    }

    @Override
    public CompletionStage<Void> release(TopicPartition partition, int broker) {
        return tasks.run(() -> holds.release(partition, broker));
    }

    @Override
    public CompletionStage<Void> releaseAll() {
        return tasks.run(holds::releaseAll);
    }

    /** The replicas in a broker's {@code log.dirs} with the sizes of their segments; none that is marked for deletion. */
    @Override
    public SortedMap<TopicPartition, Long> disk(int broker) {
        return brokers.folder(broker).replicas();
    }

    /** What followers have fetched, by the brokers' metric ReplicationBytesInPerSec; waits some milliseconds for it. */
    @Override
    public long bytesCopied() {
        return brokers.copied();
    }

    @Override
    public SortedSet<Integer> running() {
        return brokers.running();
    }

    @Override
    public Optional<Rival> rival() {
        return Optional.of(controller);
    }

    /** Ends all brokers and removes their folder; what waits and calls made later fail. */
    @Override
    public void close() {
        try (znodes;
                brokers;
                controller) {
            tasks.close();
        }
    }

    private static void refuseIf(boolean wrong, String sentence) {
        if (wrong) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
