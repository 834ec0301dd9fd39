package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;

/** Simulated brokers over a ZooKeeper in memory, with the test in the controller's place. */
final class Cluster {
    static final long MEGABYTE = 1_000_000;

    final TestTime time = new TestTime();
    final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    final ZkPort zk = zooKeeper.open("observer");
    final BreakingSessions sessions = new BreakingSessions(zooKeeper);
    final BrokerGateway.LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(sessions, time));
    final Lab lab = gateway.lab();
    int controllerEpoch = 1;

    /** A cluster of running brokers 1 to n. */
    static Cluster of(int brokers) {
        Cluster cluster = new Cluster();
        cluster.now(cluster.zk.commit(List.of(ZkWrite.create("/isr_change_notification", "")))); // as a controller does
        for (int id = 1; id <= brokers; id++) {
            cluster.start(id);
        }
        return cluster;
    }

    void start(int broker) {
        now(lab.start(broker, Optional.empty()));
    }

    /** Makes a topic whose partitions, from 0 on, are on these brokers. */
    void topic(String name, long bytes, Replicas... assigned) {
        TreeMap<Integer, Replicas> partitions = new TreeMap<>();
        Arrays.asList(assigned).forEach(replicas -> partitions.put(partitions.size(), replicas));
        now(lab.createTopic(name, partitions, bytes, 1));
    }

    /** The result of a stage that must be there without time passing. */
    <T> T now(CompletionStage<T> stage) {
        time.settle();
        CompletableFuture<T> done = stage.toCompletableFuture();
        assertThat(done).as("done at once").isDone();
        return done.join();
    }

    /** The failure of a stage that must have failed without time passing. */
    Throwable failure(CompletionStage<?> stage) {
        return now(stage.handle(
                (value, failure) -> failure instanceof CompletionException ? failure.getCause() : failure));
    }

    void pass(long millis) {
        time.pass(Duration.ofMillis(millis));
    }

    Optional<ZkNode> node(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }

    List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of()).stream()
                .sorted()
                .toList();
    }

    LeaderAndIsr state(TopicPartition partition) {
        return BrokerJson.state(
                node(TopicZnodes.statePath(partition)).orElseThrow().text());
    }

    Replicas isr(TopicPartition partition) {
        return state(partition).isr();
    }

    long bytes(int broker, TopicPartition partition) {
        return lab.disk(broker).getOrDefault(partition, -1L);
    }

    Broker broker(int id) {
        long epoch =
                node(Registration.path(id)).map(node -> node.stat().czxid()).orElse(0L);
        return new Broker(
                id, epoch, List.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "broker-" + id, 9092)), Optional.empty());
    }

    Header header(int broker) {
        return new Header(1000, controllerEpoch, broker(broker).epoch());
    }

    BrokerReply send(int broker, BrokerRequest request) {
        return now(gateway.send(broker(broker), request));
    }

    /** Tells a broker which brokers live. */
    void metadata(int to, Integer... live) {
        List<Broker> brokers = Arrays.stream(live).map(this::broker).toList();
        assertThat(send(to, new UpdateMetadataRequest(header(to), List.of(), brokers))
                        .error())
                .isEqualTo(BrokerReply.NONE);
    }

    /** What the controller would tell about a partition as {@code state} stands. */
    PartitionState told(TopicPartition partition, Replicas replicas) {
        ZkNode node = node(TopicZnodes.statePath(partition)).orElseThrow();
        return new PartitionState(
                partition,
                BrokerJson.state(node.text()),
                node.stat().version(),
                replicas,
                Replicas.NONE,
                Replicas.NONE,
                Replicas.NONE,
                true);
    }

    BrokerReply leaderAndIsr(int to, PartitionState... told) {
        return send(to, new LeaderAndIsrRequest(header(to), List.of(told), List.of()));
    }

    BrokerReply stop(int to, TopicPartition partition, int leaderEpoch) {
        return send(to, new StopReplicaRequest(header(to), List.of(new StopPartition(partition, leaderEpoch, true))));
    }

    /** Writes the next epoch into {@code state}, as the controller does before it tells anybody. */
    void bump(TopicPartition partition, int leader, Replicas isr) {
        ZkNode node = node(TopicZnodes.statePath(partition)).orElseThrow();
        String next = BrokerJson.state(BrokerJson.state(node.text()).next(leader, isr, controllerEpoch));
        zk.commit(List.of(ZkWrite.setData(
                        TopicZnodes.statePath(partition), next, node.stat().version())))
                .toCompletableFuture()
                .join();
    }

    /** The grow phase: epoch + 1, then metadata and LeaderAndIsr to all of these. */
    void grow(TopicPartition partition, Replicas replicas) {
        bump(partition, state(partition).leader(), isr(partition));
        tell(partition, replicas);
    }

    /** Metadata and LeaderAndIsr to all of these, as {@code state} stands. */
    void tell(TopicPartition partition, Replicas replicas) {
        Integer[] live = children("/brokers/ids").stream().map(Integer::valueOf).toArray(Integer[]::new);
        List<PartitionState> told = new ArrayList<>(List.of(told(partition, replicas)));
        for (int id : replicas.ids()) {
            metadata(id, live);
            assertThat(leaderAndIsr(id, told.get(0)).errors()).isEmpty();
        }
    }
}
