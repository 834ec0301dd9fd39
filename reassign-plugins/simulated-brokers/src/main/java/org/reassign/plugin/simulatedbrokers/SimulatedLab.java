package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSessions;

/** The lab of simulated brokers. It has a ZooKeeper session of its own, under the actor's name {@code lab}. */
public final class SimulatedLab implements Lab {
    private final Fleet fleet;
    private final Timers timers;
    private final LabSession session;

    SimulatedLab(Fleet fleet, ZkSessions sessions) {
        this.fleet = fleet;
        this.timers = fleet.timers();
        this.session = new LabSession(sessions, timers);
    }

    @Override
    public void replication(long bytesPerSecondPerBroker, Duration isrNotificationLinger) {
        if (bytesPerSecondPerBroker < 0 || isrNotificationLinger.isNegative()) {
            throw new IllegalArgumentException("replication at " + bytesPerSecondPerBroker
                    + " bytes per second with a linger of " + isrNotificationLinger + ": neither may be negative");
        }
        timers.run(() -> fleet.replication(bytesPerSecondPerBroker, isrNotificationLinger));
    }

    @Override
    public CompletionStage<Void> start(int broker, Optional<String> rack) {
        return onThread(() -> fleet.running(broker).isPresent()
                ? refused("broker " + broker + " runs already; kill it first")
                : fleet.start(broker, rack));
    }

    @Override
    public CompletionStage<Void> kill(int broker) {
        return onThread(() -> fleet.running(broker)
                .map(this::kill)
                .orElseGet(() -> refused("broker " + broker + " does not run; start it first")));
    }

    private CompletionStage<Void> kill(SimulatedBroker broker) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        long epoch = broker.registration().epoch();
        fleet.kill(broker);
        Consumer<Optional<ZkNode>> look = node -> {
            if (node.filter(found -> found.stat().czxid() == epoch).isEmpty()) {
                gone.complete(null);
            }
        };
        session.watch(Registration.path(broker.id()), look, gone);
        return gone;
    }

    @Override
    public CompletionStage<Void> createTopic(
            String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition, int minInSyncReplicas) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>(assigned);
        return onThread(() -> faultOf(topic, partitions, bytesPerPartition, minInSyncReplicas)
                .map(SimulatedLab::refused)
                .orElseGet(() -> Session.recover(
                        new TopicZnodes(session)
                                .create(topic, partitions, minInSyncReplicas)
                                .thenRun(() -> fleet.put(topic, partitions, bytesPerPartition)),
                        failure -> Session.code(failure) == ZkException.Code.NODE_EXISTS
                                ? refused("topic " + topic + " exists already; delete it first")
                                : CompletableFuture.failedStage(failure))));
    }

    private Optional<String> faultOf(
            String topic, SortedMap<Integer, Replicas> assigned, long bytesPerPartition, int minInSyncReplicas) {
        if (topic.isEmpty() || assigned.isEmpty() || assigned.containsValue(Replicas.NONE) || assigned.firstKey() < 0) {
            return Optional.of(
                    "topic '" + topic + "' needs a name, and partitions from 0 on with replicas, not " + assigned);
        }
        if (bytesPerPartition < 0 || minInSyncReplicas < 1) {
            return Optional.of(
                    "topic " + topic + " has " + bytesPerPartition + " bytes per partition and min.insync.replicas "
                            + minInSyncReplicas + ", which must be at least 0 and 1");
        }
        return assigned.values().stream()
                .map(Replicas::ids)
                .flatMap(Collection::stream)
                .filter(id -> fleet.running(id).isEmpty())
                .findFirst()
                .map(id -> "topic " + topic + " is to be on broker " + id + ", which does not run; start it first");
    }

    @Override
    public CompletionStage<Void> restoreTopic(
            String topic, SortedMap<Integer, Replicas> holders, long bytesPerPartition) {
        SortedMap<Integer, Replicas> partitions = new TreeMap<>(holders);
        return onThread(() -> {
            fleet.restore(topic, partitions, bytesPerPartition);
            return CompletableFuture.completedStage(null);
        });
    }

    @Override
    public CompletionStage<Void> deleteTopic(String topic) {
        return onThread(() -> {
            Set<Integer> started = fleet.running();
            String path = TopicZnodes.topicPath(topic);
            return session.repeat(zk -> zk.exists(path)).thenCompose(stat -> {
                if (stat.isEmpty()) {
                    return refused("there is no topic " + topic);
                }
                fleet.drop(topic, started);
                return new TopicZnodes(session).delete(topic);
            });
        });
    }

    @Override
    public CompletionStage<Void> hold(TopicPartition partition, int broker) {
        return onThread(() -> session.repeat(zk -> zk.getData(TopicZnodes.statePath(partition)))
                .thenCompose(node -> {
                    if (node.isEmpty()) {
                        return refused("there is no partition " + partition);
                    }
                    if (BrokerJson.state(node.get().text()).leader() == broker) {
                        return refused("broker " + broker + " leads " + partition + "; only a follower can be held");
                    }
                    CompletableFuture<Void> out = new CompletableFuture<>();
                    fleet.holds()
                            .hold(partition, broker)
                            .thenRun(() -> out.completeExceptionally(new IllegalStateException(
                                    "broker " + broker + " was released before it had left the ISR of " + partition)));
                    fleet.touch(List.of(partition));
                    session.watch(TopicZnodes.statePath(partition), seen -> lookOut(partition, broker, seen, out), out);
                    return out;
                }));
    }

    private void lookOut(TopicPartition partition, int broker, Optional<ZkNode> node, CompletableFuture<Void> out) {
        Optional<LeaderAndIsr> state = node.map(ZkNode::text).map(BrokerJson::state);
        if (state.isEmpty() || state.get().leader() == broker) {
            fleet.holds().release(partition, broker);
        } else if (!state.get().isr().contains(broker)) {
            out.complete(null);
        }
    }

    @Override
    public CompletionStage<Void> release(TopicPartition partition, int broker) {
        return onThread(() -> {
            fleet.holds().release(partition, broker);
            fleet.touch(List.of(partition));
            return CompletableFuture.completedStage(null);
        });
    }

    @Override
    public CompletionStage<Void> releaseAll() {
        return onThread(() -> {
            fleet.touch(fleet.holds().releaseAll());
            return CompletableFuture.completedStage(null);
        });
    }

    @Override
    public boolean isOwn(int broker, String registration) {
        return Registration.wrote(broker, registration);
    }

    @Override
    public SortedMap<TopicPartition, Long> disk(int broker) {
        return fleet.disk(broker);
    }

    @Override
    public long bytesCopied() {
        return fleet.bytesCopied();
    }

    @Override
    public CompletionStage<Void> failDisk(TopicPartition partition, int broker) {
        return onThread(() -> fleet.running(broker)
                .<CompletionStage<Void>>map(running -> {
                    running.fail(partition);
                    return CompletableFuture.completedStage(null);
                })
                .orElseGet(() -> refused("broker " + broker + " does not run; start it first")));
    }

    @Override
    public Optional<Lab.Metadata> metadata(int broker) {
        return fleet.running(broker).map(running -> running.memory().metadata());
    }

    /** Closes the session; what waits and calls made later fail. Runs on the timers' thread. */
    void close() {
        session.close();
    }

    private CompletionStage<Void> onThread(Supplier<CompletionStage<Void>> call) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        timers.run(() -> perform(call).whenComplete((done, failure) -> {
            if (failure == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(Session.cause(failure));
            }
        }));
        return result;
    }

    private CompletionStage<Void> perform(Supplier<CompletionStage<Void>> call) {
        return session.closed() ? CompletableFuture.failedStage(LabSession.closing()) : call.get();
    }

    private static CompletionStage<Void> refused(String sentence) {
        return CompletableFuture.failedStage(new IllegalArgumentException(sentence));
    }
}
