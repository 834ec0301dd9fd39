package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.Broker;
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

/** The brokers behind a gateway, with the test in the controller's place. */
final class CommandedCluster implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(50);
    /** Two minutes of the fixture's time: more than anything that a gateway may lawfully wait for. */
    private static final int STEPS = 2_400;

    private static final int CONTROLLER = 1000;

    private final GatewayFixture fixture;
    private final ZkPort zk;
    private final BrokerGateway.Gateway gateway;
    private final Lab lab;
    private final int controllerEpoch;

    CommandedCluster(GatewayFixture fixture, BrokerGateway plugin) {
        this.fixture = fixture;
        this.zk = fixture.sessions().open("observer");
        this.gateway = plugin.open(new BrokerGateway.Context(fixture.sessions(), fixture.timers()));
        this.lab = fixture.lab(gateway);
        this.controllerEpoch = fixture.firstControllerEpoch();
        result(zk.commit(List.of(ZkWrite.create("/isr_change_notification", "")))); // as a controller does
    }

    BrokerGateway.Gateway gateway() {
        return gateway;
    }

    Lab lab() {
        return lab;
    }

    void start(int... brokers) {
        Arrays.stream(brokers).forEach(broker -> result(lab.start(broker, Optional.empty())));
    }

    /** Makes a topic whose only partition, 0, is on these brokers. */
    TopicPartition topic(String name, long bytes, Integer... replicas) {
        result(lab.createTopic(name, one(replicas), bytes, 1));
        return new TopicPartition(name, 0);
    }

    static SortedMap<Integer, Replicas> one(Integer... replicas) {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        assigned.put(0, Replicas.of(replicas));
        return assigned;
    }

    /** What a stage comes to; it must come to something. */
    <T> T result(CompletionStage<T> stage) {
        CompletableFuture<T> done = stage.toCompletableFuture();
        eventually("the stage is done", done::isDone);
        return done.join();
    }

    /** What a stage fails with; it must fail. */
    Throwable failure(CompletionStage<?> stage) {
        Throwable failure = result(stage.handle((value, thrown) -> thrown));
        assertThat(failure).as("a failure").isNotNull();
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    /** Lets time pass until something holds. */
    void eventually(String what, BooleanSupplier holds) {
        fixture.pass(Duration.ZERO);
        for (int step = 0; step < STEPS && !holds.getAsBoolean(); step++) {
            fixture.pass(STEP);
        }
        assertThat(holds.getAsBoolean()).as(what).isTrue();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        fixture.pass(time);
    }

    Optional<ZkNode> node(String path) {
        return result(zk.getData(path));
    }

    List<String> children(String path) {
        return result(zk.getChildren(path)).orElse(List.of()).stream().sorted().toList();
    }

    private ZkNode stateNode(TopicPartition partition) {
        return node(StateText.path(partition)).orElseThrow(() -> new AssertionError("no state of " + partition));
    }

    LeaderAndIsr state(TopicPartition partition) {
        return StateText.read(stateNode(partition).text());
    }

    void awaitIsr(TopicPartition partition, Integer... isr) {
        Replicas wanted = Replicas.of(isr);
        eventually(
                "ISR of " + partition + " is " + wanted,
                () -> state(partition).isr().sameBrokers(wanted));
    }

    /** A broker as registered, or with epoch 0 where it is not. */
    Broker broker(int id) {
        Optional<ZkNode> node = node("/brokers/ids/" + id);
        return StateText.broker(id, node);
    }

    Header header(int broker) {
        return header(broker, 0);
    }

    /** A header whose controller epoch is so much higher than that of {@link #header(int)}. */
    Header header(int broker, int later) {
        return new Header(CONTROLLER, controllerEpoch + later, broker(broker).epoch());
    }

    BrokerReply send(int broker, BrokerRequest request) {
        return result(gateway.send(broker(broker), request));
    }

    UpdateMetadataRequest metadata(Header header) {
        List<Broker> live = children("/brokers/ids").stream()
                .map(id -> broker(Integer.parseInt(id)))
                .toList();
        return new UpdateMetadataRequest(header, List.of(), live);
    }

    LeaderAndIsrRequest leaderAndIsr(Header header, PartitionState... told) {
        return new LeaderAndIsrRequest(header, List.of(told), metadata(header).liveBrokers());
    }

    StopReplicaRequest stop(Header header, TopicPartition partition, int leaderEpoch) {
        return new StopReplicaRequest(header, List.of(new StopPartition(partition, leaderEpoch, true)));
    }

    /** What a controller would say of a partition, as {@code state} stands. */
    PartitionState told(TopicPartition partition, Integer... replicas) {
        ZkNode node = stateNode(partition);
        return new PartitionState(
                partition,
                StateText.read(node.text()),
                node.stat().version(),
                Replicas.of(replicas),
                Replicas.NONE,
                Replicas.NONE,
                Replicas.NONE,
                true);
    }

    /** Writes the next leader epoch into {@code state}. */
    void raise(TopicPartition partition) {
        ZkNode node = stateNode(partition);
        LeaderAndIsr state = StateText.read(node.text());
        String next = StateText.write(state.next(state.leader(), state.isr(), controllerEpoch));
        result(zk.commit(List.of(
                ZkWrite.setData(StateText.path(partition), next, node.stat().version()))));
    }

    /** Raises the epoch and tells all of these, metadata first (steps G2 and G3). */
    void grow(TopicPartition partition, Integer... replicas) {
        raise(partition);
        PartitionState told = told(partition, replicas);
        for (int broker : replicas) {
            assertThat(send(broker, metadata(header(broker))).error()).isEqualTo(BrokerReply.NONE);
            assertThat(send(broker, leaderAndIsr(header(broker), told)).errorOf(partition))
                    .isEqualTo(BrokerReply.NONE);
        }
    }

    @Override
    public void close() {
        gateway.close();
        fixture.pass(Duration.ZERO);
        zk.close();
        fixture.close();
    }
}
