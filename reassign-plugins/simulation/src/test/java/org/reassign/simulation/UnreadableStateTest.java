package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** A {@code state} that a starting controller cannot read stops its partition alone, and only until it is mended. */
class UnreadableStateTest {
    private static final String STATE = "/brokers/topics/t/partitions/0/state";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final Gateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final Lab lab = gateway.lab().orElseThrow();
    private final List<String> warnings = new ArrayList<>();

    private Controller controller(String watcher) {
        Combination combination = new Combination("separate", watcher, "keep-all", WriteMode.BATCHED);
        ControllerSettings settings = ControllerSettings.of(WriteMode.BATCHED);
        ControllerListener listener = new ControllerListener() {
            @Override
            public void warning(String sentence) {
                warnings.add(sentence);
            }
        };
        Controller controller = new Controller(zooKeeper, gateway, combination.plugins(), settings, time, listener);
        controller.start();
        assertThat(time.await(controller::leads, LONG)).isTrue();
        return controller;
    }

    private void pass(Duration duration) {
        time.await(() -> false, duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-partition", "recursive"})
    void theReassignmentGoesOnWhenItIsMended(String watcher) {
        TopicPartition partition = new TopicPartition("t", 0);
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(Duration.ofSeconds(1));
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1))), 1_000_000, 1);
        pass(Duration.ofSeconds(1));
        Controller before = controller(watcher);
        var held = lab.hold(partition, 2);
        pass(Duration.ofSeconds(1));
        assertThat(held).isCompleted();
        ZkPort zk = zooKeeper.open("operator");
        String request = "{\"version\":1,\"kind\":\"payload\",\"assignments\":{\"t\":{\"0\":[1,2]}}}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", request)));
        pass(Duration.ofSeconds(1));
        before.kill();
        String good =
                zk.getData(STATE).toCompletableFuture().join().orElseThrow().text();
        zk.commit(List.of(ZkWrite.setData(STATE, "garbage", ZkWrite.ANY_VERSION)));

        Controller after = controller(watcher);
        lab.release(partition, 2);
        pass(Duration.ofSeconds(5));
        assertThat(warnings)
                .containsExactly(STATE + " does not hold a leader and an ISR; t-0 stands still until its leader writes"
                        + " it, or delete and write it again");

        zk.commit(List.of(ZkWrite.setData(STATE, good, ZkWrite.ANY_VERSION)));
        assertThat(time.await(after::idle, LONG)).isTrue();
        assertThat(lab.disk(0)).isEmpty();
        assertThat(lab.disk(2)).containsKey(partition);
    }
}
