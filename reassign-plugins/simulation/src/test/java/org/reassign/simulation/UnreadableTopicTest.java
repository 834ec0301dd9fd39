package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.run.Controller;
import org.reassign.core.run.ControllerListener;
import org.reassign.core.run.ControllerSettings;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** A topic whose znode cannot be read is not one that is gone: no data of it are deleted, and no record. */
class UnreadableTopicTest {
    private static final String TOPIC = "/brokers/topics/t";
    private static final TopicPartition MOVES = new TopicPartition("t", 0);
    private static final TopicPartition RESTS = new TopicPartition("t", 1);

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final Gateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final Lab lab = gateway.lab().orElseThrow();
    private final ZkPort zk = zooKeeper.open("operator");
    private final List<String> warnings = new ArrayList<>();
    private Controller controller;
    private String good;

    @BeforeEach
    void oneMovesAndCannotEnd() {
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(1);
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1);
        lab.createTopic("u", new TreeMap<>(Map.of(0, Replicas.of(0, 1))), 1_000, 1);
        pass(1);
        start();
        lab.hold(MOVES, 2);
        pass(1);
        request("0");
        good = read(TOPIC);
        assertThat(good).contains("\"0\":[1,2,0]");
    }

    @AfterEach
    void end() {
        controller.kill();
    }

    @Test
    void nothingOfItIsDeletedAndAllGoesOnWhenItIsMended() {
        write("garbage");
        request("1");

        assertThat(warnings).containsExactly(TOPIC + " does not hold a topic's JSON; it is left alone");
        List.of(0, 1).forEach(broker -> assertThat(lab.disk(broker)).containsKeys(MOVES, RESTS));
        write(good);
        allEnds();
    }

    @Test
    void itsRecordsStandWhenAControllerStarts() {
        controller.kill();
        write("garbage");
        start();
        pass(1);

        assertThat(read("/admin/reassignments/t/0")).contains("\"target\":[1,2]");
        write(good);
        request("1");
        allEnds();
    }

    /** All of them are removed from the legacy znode in one write, which must not fail with the one that cannot be done. */
    @Test
    void legacyEntriesThatAreOverriddenBesideItAreRemoved() {
        write("garbage");
        zk.commit(
                List.of(
                        ZkWrite.create(
                                "/admin/reassign_partitions",
                                "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":1,\"replicas\":[0,2]},"
                                        + "{\"topic\":\"u\",\"partition\":0,\"replicas\":[0,2]}]}"),
                        ZkWrite.createSequential(
                                "/admin/reassignment_requests/request_",
                                "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"1\":[1,2]},\"u\":{\"0\":[1,2]}}}")));
        pass(3);

        assertThat(read("/brokers/topics/u")).contains("\"0\":[1,2]}");
        assertThat(read("/admin/reassign_partitions")).contains("\"t\"").doesNotContain("\"u\"");
        write(good);
        allEnds();
    }

    private void allEnds() {
        lab.releaseAll();
        assertThat(time.await(controller::idle, Duration.ofSeconds(20))).isTrue();
        assertThat(read(TOPIC)).contains("\"0\":[1,2],\"1\":[1,2]");
    }

    private void start() {
        controller = new Controller(
                zooKeeper,
                gateway,
                Combination.DEFAULT.plugins(),
                ControllerSettings.of(WriteMode.BATCHED),
                time,
                new ControllerListener() {
                    @Override
                    public void warning(String sentence) {
                        warnings.add(sentence);
                    }
                });
        controller.start();
        assertThat(time.await(controller::leads, Duration.ofSeconds(20))).isTrue();
    }

    private void request(String partition) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"" + partition + "\":[1,2]}}}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)));
        pass(3);
    }

    private void write(String text) {
        zk.commit(List.of(ZkWrite.setData(TOPIC, text, ZkWrite.ANY_VERSION)));
    }

    private String read(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    private void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
