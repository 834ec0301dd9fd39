package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** Nothing that is handed in waits for ever, and no refusal stays unwritten, whatever others do to znodes of ours. */
class NothingWaitsForeverTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final Lab lab = gateway.lab();
    private final ZkPort zk = zooKeeper.open("operator");

    @BeforeEach
    void threeBrokersAndATopic() {
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(1);
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1);
        pass(1);
    }

    private Controller controller() {
        ControllerSettings settings = ControllerSettings.of(WriteMode.BATCHED).with(true, new InFlightLimits(1, 10));
        Controller controller = new Controller(
                zooKeeper, gateway, Combination.DEFAULT.plugins(), settings, time, new ControllerListener() {});
        controller.start();
        assertThat(time.await(controller::leads, LONG)).isTrue();
        return controller;
    }

    @Test
    void whatWaitsForRoomFollowsOneThatCouldNotBeReadWhenItWasFolded() {
        Controller before = controller();
        lab.hold(FIRST, 2);
        pass(1);
        request("{\"t\":{\"0\":[1,2]}}");
        pass(1);
        before.kill();
        String state = "/brokers/topics/t/partitions/0/state";
        String good = read(state);
        write(state, "garbage");
        Controller after = controller();
        request("{\"t\":{\"1\":[1,2]}}");
        pass(1);

        write(state, good);
        pass(1);
        lab.releaseAll();
        time.await(after::idle, LONG);
        assertThat(read("/brokers/topics/t")).contains("\"0\":[1,2],\"1\":[1,2]");
    }

    @Test
    void requestsAreSeenWhoseParentWasDeletedAndMadeAgain() {
        Controller controller = controller();
        zk.commit(List.of(ZkWrite.delete("/admin/reassignment_requests", ZkWrite.ANY_VERSION)));
        pass(1);
        zk.commit(List.of(ZkWrite.create("/admin/reassignment_requests", "")));
        pass(1);
        request("{\"t\":{\"0\":[1,2]}}");
        pass(5);

        assertThat(controller.idle()).isTrue();
        assertThat(read("/brokers/topics/t")).contains("\"0\":[1,2]");
    }

    @Test
    void aRefusalIsWrittenWhereTheOldestHasBeenRemovedBySomebodyElse() {
        controller();
        String refusals = "/admin/reassignment_refusals/request_";
        for (int i = 0; i < 100; i++) {
            request("{\"unknown\":{\"0\":[1,2]}}");
        }
        pass(1);
        zk.commit(List.of(ZkWrite.delete(refusals + "0000000000", ZkWrite.ANY_VERSION)));
        request("{\"unknown\":{\"0\":[1,2]}}");
        pass(1);

        assertThat(read(refusals + "0000000100")).contains("UNKNOWN_TOPIC");
    }

    @Test
    void aLegacyEntryWhoseRecordSomebodyHasDeletedGoesOn() {
        Controller controller = controller();
        lab.hold(FIRST, 2);
        pass(1);
        zk.commit(List.of(ZkWrite.create(
                "/admin/reassign_partitions",
                "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":0,\"replicas\":[1,2]}]}")));
        pass(1);
        zk.commit(List.of(
                ZkWrite.delete("/admin/reassignments/t/0", ZkWrite.ANY_VERSION),
                ZkWrite.delete("/admin/reassignments/t", ZkWrite.ANY_VERSION)));
        write("/brokers/topics/t", read("/brokers/topics/t"));
        request("{\"t\":{\"1\":[1,0]}}");
        pass(5);
        assertThat(read("/admin/reassignments/t/0")).contains("\"target\":[1,2]");
        lab.release(FIRST, 2);
        pass(5);

        assertThat(read("/brokers/topics/t")).contains("\"0\":[1,2]");
        assertThat(zk.getData("/admin/reassign_partitions")
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(controller.idle()).isTrue();
    }

    private void request(String assignments) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + "}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)));
    }

    private void write(String path, String text) {
        zk.commit(List.of(ZkWrite.setData(path, text, ZkWrite.ANY_VERSION)));
    }

    private String read(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    private void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
