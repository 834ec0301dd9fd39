package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/**
 * Watches are for what is in flight: a partition whose reassignment has ended leaves none behind. Else a controller that
 * leads for long gathers one for every partition that it ever moved, in its own memory and in ZooKeeper's.
 */
class WatchesAfterMovesTest {
    private static final int EACH = 30;

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final ZkPort zk = zooKeeper.open("operator");

    @ParameterizedTest
    @ValueSource(strings = {"per-partition", "batched", "recursive"})
    void movesOneAfterTheOtherLeaveNoWatch(String watcher) {
        LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
        Lab lab = gateway.lab();
        List.of(0, 1, 2, 3).forEach(broker -> lab.start(broker, Optional.empty()));
        pass();
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        IntStream.range(0, 3 * EACH).forEach(partition -> assigned.put(partition, Replicas.of(0, 1)));
        lab.createTopic("t", assigned, 1_000, 1);
        pass();
        Controller controller = new Controller(
                zooKeeper,
                gateway,
                new Combination("consolidated", watcher, "prefer-in-sync", WriteMode.BATCHED).plugins(),
                ControllerSettings.of(WriteMode.BATCHED),
                time,
                new ControllerListener() {});
        controller.start();
        assertThat(time.await(controller::leads, Duration.ofSeconds(20))).isTrue();
        pass();

        List<Integer> left = IntStream.range(0, 3)
                .map(move -> {
                    move(move * EACH);
                    assertThat(time.await(controller::idle, Duration.ofSeconds(60)))
                            .isTrue();
                    pass();
                    return zooKeeper.watchCount();
                })
                .boxed()
                .toList();

        assertThat(text("/brokers/topics/t")).doesNotContain("[0,1]");
        assertThat(left).containsOnly(left.get(0));
        assertThat(left.get(0)).isLessThan(EACH);
        controller.kill();
    }

    private void move(int first) {
        String partitions = IntStream.range(first, first + EACH)
                .mapToObj(partition -> "\"" + partition + "\":[2,3]")
                .collect(Collectors.joining(","));
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{" + partitions + "}}}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)));
        pass();
    }

    private String text(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    private void pass() {
        time.await(() -> false, Duration.ofSeconds(10));
    }
}
