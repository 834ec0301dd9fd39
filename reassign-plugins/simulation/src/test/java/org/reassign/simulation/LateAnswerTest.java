package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** What a broker says to a controller of before is nothing to the same process that leads anew. */
class LateAnswerTest {
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

    @Test
    void anAnswerToATermThatIsOverEndsNoLaterOne() {
        List<ZkPort> sessions = new ArrayList<>();
        List<Runnable> late = new ArrayList<>();
        AtomicBoolean slow = new AtomicBoolean();
        List<String> stopped = new ArrayList<>();
        Controller controller = new Controller(
                actor -> {
                    sessions.add(zooKeeper.open(actor));
                    return sessions.get(sessions.size() - 1);
                },
                new Slow(gateway, slow, late),
                Combination.DEFAULT.plugins(),
                ControllerSettings.of(WriteMode.BATCHED),
                time,
                new ControllerListener() {
                    @Override
                    public void stopped(String why) {
                        stopped.add(why);
                    }
                });
        controller.start();
        assertThat(time.await(controller::leads, LONG)).isTrue();
        slow.set(true);
        request("{\"t\":{\"0\":[1,2]}}");
        pass(1);
        zooKeeper.expire(sessions.get(0));
        pass(2);
        assertThat(controller.leads()).isTrue();

        late.forEach(Runnable::run);
        pass(2);
        assertThat(stopped).containsExactly("the ZooKeeper session is lost");
    }

    /** One request reaches its broker only when it is let go. */
    private record Slow(Gateway gateway, AtomicBoolean slow, List<Runnable> late) implements Gateway {
        @Override
        public CompletionStage<Optional<String>> check(List<Broker> brokers) {
            return gateway.check(brokers);
        }

        @Override
        public CompletionStage<BrokerReply> send(Broker to, BrokerRequest request) {
            if (!slow.getAndSet(false)) {
                return gateway.send(to, request);
            }
            CompletableFuture<BrokerReply> reply = new CompletableFuture<>();
            late.add(() -> gateway.send(to, request).thenAccept(reply::complete));
            return reply;
        }

        @Override
        public void close() {
            gateway.close();
        }
    }

    private void request(String assignments) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + "}";
        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", text)));
    }

    private void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
