package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ReassignmentClient;
import org.reassign.api.client.SubmitOptions;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.client.ClientPlugins;
import org.reassign.core.client.StoredReassignmentClient;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.plugin.NamedPlugin;

/** The connection of a client breaks at one of its calls, and is back at once: what was asked of the client goes on. */
class BrokenClientTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final String REQUESTS = "/admin/reassignment_requests";
    private static final Set<String> CALLS = Set.of("commit", "getData", "getChildren", "exists");
    private static final ClientPlugins PLUGINS = new ClientPlugins() {
        @Override
        public List<NamedPlugin<StorageLayout>> layouts(ControllerStatus controller) {
            return List.of(Combination.DEFAULT.plugins().layout());
        }

        @Override
        public List<NamedPlugin<RequestChannel>> channels(ControllerStatus controller) {
            return Combination.DEFAULT.plugins().channels();
        }

        @Override
        public NamedPlugin<RequestChannel> channel(String name) {
            throw new UnsupportedOperationException("all are open");
        }
    };

    /** In a ZooKeeper in which no controller has led yet, so that it makes the roots, too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSubmittedIsStoredOnce(boolean arrives) {
        int calls = submitted(-1, arrives);
        assertThat(calls).isGreaterThan(10);
        for (int call = 0; call < calls; call++) {
            submitted(call, arrives);
        }
    }

    /** Returns how many calls there were. */
    private static int submitted(int breaksAt, boolean arrives) {
        MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
        ZkPort zk = zooKeeper.open("test");
        for (String parent : List.of("/brokers", "/brokers/ids", "/brokers/topics")) {
            commit(zk, ZkWrite.create(parent, ""));
        }
        commit(zk, ZkWrite.create("/brokers/topics/orders", "{\"version\":1,\"partitions\":{\"0\":[0,1]}}"));
        for (int id = 0; id < 3; id++) {
            commit(zk, ZkWrite.create("/brokers/ids/" + id, "{\"version\":4,\"endpoints\":[\"PLAINTEXT://b:1\"]}"));
        }
        AtomicInteger calls = new AtomicInteger();
        try (ReassignmentClient client = StoredReassignmentClient.open(
                actor -> breaking(zooKeeper, zooKeeper.open(actor), calls, breaksAt, arrives), PLUGINS)) {
            CompletableFuture<SubmittedTarget> stored = client.submit(
                            Map.of(PARTITION, Optional.of(Replicas.of(1, 2))), SubmitOptions.NONE)
                    .get(PARTITION);
            assertThat(stored.orTimeout(1, TimeUnit.MINUTES).join().requests())
                    .as("broken at call " + breaksAt)
                    .isEqualTo(zk.getChildren(REQUESTS)
                            .toCompletableFuture()
                            .join()
                            .orElseThrow());
        }
        return calls.get();
    }

    private static void commit(ZkPort zk, ZkWrite write) {
        zk.commit(List.of(write)).toCompletableFuture().join();
    }

    private static ZkPort breaking(
            MemoryZooKeeper zooKeeper, ZkPort session, AtomicInteger calls, int breaksAt, boolean arrives) {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (proxy, call, arguments) -> {
                    boolean breaks = CALLS.contains(call.getName()) && calls.getAndIncrement() == breaksAt;
                    try {
                        Object answer = breaks && !arrives ? null : call.invoke(session, arguments);
                        if (!breaks) {
                            return answer;
                        }
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    zooKeeper.suspend(session);
                    zooKeeper.reconnect(session);
                    return CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0));
                });
    }
}
