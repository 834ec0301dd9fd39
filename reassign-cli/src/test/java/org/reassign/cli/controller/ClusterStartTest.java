package org.reassign.cli.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.RealTimers;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.LeadershipLost;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

/** Brokers that a controller's process starts, where something fails half-way or was left half made. */
class ClusterStartTest {
    private static final int MOST_LOOKS = 100;
    private static final Scenario CLUSTER = ScenarioParser.parse("cluster.yaml", """
                    name: small
                    brokers: [0, 1, 2]
                    topics: {t: {partitions: {0: [0, 1], 1: [2, 0]}, bytesPerPartition: 1MB}}
                    steps: []
                    """, Path.of(""));

    private final RealTimers timers = new RealTimers("brokers", failure -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(timers::run, timers::nowMillis);
    private final LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, timers));
    private final StringWriter written = new StringWriter();
    private final ClusterStart start = new ClusterStart(
            CLUSTER, zooKeeper, new ControllerLog(new PrintWriter(written), ControllerLog.Format.TEXT));
    private final ZkPort zk = zooKeeper.open("test");

    @AfterEach
    void ends() {
        gateway.close();
        timers.close();
    }

    @Test
    void whatFailedHalfWayIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        assertThat(start(failing("start", 2, calls))).isTrue();

        assertThat(calls).hasValue(4);
        assertThat(zk.getChildren("/brokers/ids").toCompletableFuture().join().orElseThrow())
                .containsExactlyInAnyOrder("0", "1", "2");
        assertThat(written.toString()).contains("could not be started", "this process runs brokers 0, 1, 2");
        isWhole();
    }

    @Test
    void aTopicThatCouldNotBeMadeIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        assertThat(start(failing("createTopic", 1, calls))).isTrue();

        assertThat(calls).hasValue(2);
        isWhole();
    }

    @Test
    void aTopicOfWhichOnlyTheConfigurationIsThereIsMade() {
        make("/config", "/config/topics", "/config/topics/t");
        assertThat(start(gateway.lab())).isTrue();

        isWhole();
        assertThat(text("/config/topics/t")).contains("min.insync.replicas");
    }

    /** A process that ends while it makes a large topic leaves it like this. */
    @Test
    void aTopicWithoutSomeStatesIsFinished() {
        assertThat(start(gateway.lab())).isTrue();
        for (String path : List.of("/0/state", "/0", "/1/state")) {
            commit(ZkWrite.delete("/brokers/topics/t/partitions" + path, ZkWrite.ANY_VERSION));
        }
        gateway.close();
        try (LabGateway next = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, timers))) {
            assertThat(start(next.lab())).isTrue();
            isWhole();
        }
    }

    @Test
    void aTopicWithoutAnyPartitionIsFinished() {
        make("/brokers", "/brokers/topics");
        commit(ZkWrite.create("/brokers/topics/t", "{\"version\":1,\"partitions\":{\"0\":[0,1],\"1\":[2,0]}}"));
        assertThat(start(gateway.lab())).isTrue();

        isWhole();
    }

    @Test
    void theOfficeIsGivenUpWhereBrokersDoNotStartInTime() {
        make("/brokers", "/brokers/ids");
        commit(ZkWrite.createEphemeral("/brokers/ids/1", "of another process"));
        try (LeaderHostedGateway hosting = hosting(Duration.ofMillis(100))) {
            assertThatThrownBy(hosting::begins)
                    .isInstanceOf(LeadershipLost.class)
                    .hasMessageContaining("small", "were not started within 0 s");
        }
    }

    @Test
    void aStartIsGivenUpWhereTheProcessIsToEnd() {
        make("/brokers", "/brokers/ids");
        commit(ZkWrite.createEphemeral("/brokers/ids/1", "of another process"));
        try (LeaderHostedGateway hosting = hosting(Duration.ofMinutes(1))) {
            timers.after(Duration.ofMillis(100), hosting::stopping);
            assertThatThrownBy(hosting::begins).isInstanceOf(LeadershipLost.class);
            assertThatThrownBy(hosting::begins).isInstanceOf(LeadershipLost.class);
        }
    }

    private LeaderHostedGateway hosting(Duration limit) {
        return new LeaderHostedGateway(
                () -> new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, timers)),
                start,
                limit,
                new ProcessEnd());
    }

    /** So that a start that never comes to its end fails. */
    private boolean start(Lab lab) {
        AtomicInteger looks = new AtomicInteger();
        return start.start(lab, () -> looks.incrementAndGet() < MOST_LOOKS);
    }

    private Lab failing(String method, int at, AtomicInteger calls) {
        return (Lab) Proxy.newProxyInstance(
                Lab.class.getClassLoader(), new Class<?>[] {Lab.class}, (self, called, arguments) -> {
                    if (called.getName().equals(method) && calls.incrementAndGet() == at) {
                        return CompletableFuture.failedStage(new ZkException(ZkException.Code.OTHER, "/x", 0));
                    }
                    try {
                        return called.invoke(gateway.lab(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void isWhole() {
        assertThat(text("/brokers/topics/t")).contains("\"0\":[0,1]", "\"1\":[2,0]");
        assertThat(text("/brokers/topics/t/partitions/0/state")).contains("\"leader\":0", "\"isr\":[0,1]");
        assertThat(text("/brokers/topics/t/partitions/1/state")).contains("\"leader\":2", "\"isr\":[2,0]");
    }

    private String text(String path) {
        return zk.getData(path).toCompletableFuture().join().map(ZkNode::text).orElse("");
    }

    private void make(String... paths) {
        for (String path : paths) {
            commit(ZkWrite.create(path, ""));
        }
    }

    private void commit(ZkWrite write) {
        var unused = zk.commit(List.of(write)).toCompletableFuture().join();
    }
}
