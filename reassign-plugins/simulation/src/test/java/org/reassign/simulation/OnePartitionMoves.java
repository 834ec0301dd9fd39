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
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** A topic of two partitions, of which one moves and cannot end while one of its replicas is held back. */
abstract class OnePartitionMoves {
    static final String TOPIC = "/brokers/topics/t";
    /** Below it. */
    static final List<String> PARTITIONS =
            List.of("/partitions", "/partitions/0", "/partitions/0/state", "/partitions/1", "/partitions/1/state");

    static final TopicPartition MOVES = new TopicPartition("t", 0);
    static final TopicPartition RESTS = new TopicPartition("t", 1);

    final MemoryZooKeeper zooKeeper;
    final ZkPort zk;
    final Lab lab;
    final List<String> warnings = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    ZkSessions sessions;
    Controller controller;
    private final VirtualTime time = new VirtualTime(() -> {});
    private final LabGateway gateway;

    OnePartitionMoves() {
        zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
        zk = zooKeeper.open("operator");
        sessions = zooKeeper;
        gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
        lab = gateway.lab();
    }

    @BeforeEach
    void oneMovesAndCannotEnd() {
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(1);
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1);
        lab.createTopic("u", new TreeMap<>(Map.of(0, Replicas.of(0, 1))), 1_000, 1);
        pass(1);
        start(Combination.DEFAULT);
        lab.hold(MOVES, 2);
        pass(1);
        request("0");
        assertThat(read(TOPIC)).contains("\"0\":[1,2,0]");
    }

    @AfterEach
    void end() {
        controller.kill();
    }

    void start(Combination combination) {
        controller = new Controller(
                sessions,
                gateway,
                combination.plugins(),
                ControllerSettings.of(combination.mode()),
                time,
                new ControllerListener() {
                    @Override
                    public void warning(String sentence) {
                        warnings.add(sentence);
                    }

                    @Override
                    public void answered(Answer answer) {
                        answers.add(answer);
                    }
                });
        controller.start();
        assertThat(time.await(controller::leads, Duration.ofSeconds(20))).isTrue();
    }

    /** What deletes the topic. */
    static List<ZkWrite> deletion() {
        List<ZkWrite> writes = new ArrayList<>();
        for (int i = PARTITIONS.size() - 1; i >= 0; i--) {
            writes.add(ZkWrite.delete(TOPIC + PARTITIONS.get(i), ZkWrite.ANY_VERSION));
        }
        writes.add(ZkWrite.delete(TOPIC, ZkWrite.ANY_VERSION));
        return writes;
    }

    void request(String partition) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"" + partition + "\":[1,2]}}}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)));
        pass(3);
    }

    void becomesIdle() {
        assertThat(time.await(controller::idle, Duration.ofSeconds(20))).isTrue();
    }

    String read(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
