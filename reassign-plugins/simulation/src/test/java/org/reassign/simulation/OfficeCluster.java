package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** Three brokers, one of which is Kafka's controller, the topic {@code t}, and processes that take its office over. */
final class OfficeCluster {
    private static final Set<String> READS = Set.of("getChildren", "getData", "exists");
    static final String REQUESTS = "/admin/reassignment_requests";

    final VirtualTime time = new VirtualTime(() -> {});
    final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    final ZkPort zk = zooKeeper.open("operator");
    final Lab lab;
    final TakingOver gateway;
    final KafkaStandIn kafka;
    /** Sessions of the processes, in the order opened. */
    final List<ZkPort> sessions = new ArrayList<>();
    /** What the processes say, each with its id. */
    final List<String> said = new ArrayList<>();

    /** What brokers are told by LeaderAndIsr. */
    final List<String> told = new ArrayList<>();

    /** The brokers that were sent the list of live brokers and no partition. */
    final List<Integer> lists = new ArrayList<>();

    /** What processes have read: which kind of read, and the path. */
    final List<String> reads = new ArrayList<>();

    OfficeSettings office = OfficeSettings.DEFAULT;

    Combination combination = Combination.DEFAULT;

    OfficeCluster() {
        LabGateway brokers = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
        gateway = new TakingOver(brokers);
        gateway.check = checked -> {
            CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
            time.after(Duration.ofMillis(20), () -> answer.complete(Optional.empty()));
            return answer;
        };
        lab = brokers.lab();
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass(1);
        lab.createTopic("t", new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1);
        pass(1);
        kafka = new KafkaStandIn(zooKeeper.open("kafka"), time, 2);
        pass(1);
        commit(ZkWrite.create("/admin", ""));
        commit(ZkWrite.create(REQUESTS, ""));
    }

    /** A process of this id, started. */
    Controller process(int id) {
        ControllerListener listener = new ControllerListener() {
            @Override
            public void elected(int controllerEpoch) {
                said.add(id + " elected " + controllerEpoch);
            }

            @Override
            public void leads(int controllerEpoch) {
                said.add(id + " leads");
            }

            @Override
            public void sent(int broker, BrokerRequest request) {
                if (request instanceof UpdateMetadataRequest update
                        && update.partitions().isEmpty()) {
                    lists.add(broker);
                }
                if (request instanceof LeaderAndIsrRequest roles) {
                    roles.partitions()
                            .forEach(role -> told.add(role.partition() + " to " + broker + ": leader "
                                    + role.state().leader() + " at "
                                    + role.state().leaderEpoch()));
                }
            }

            @Override
            public void office(String sentence) {
                said.add(id + " " + sentence);
            }

            @Override
            public void stopped(String why) {
                said.add(id + " stopped: " + why);
            }

            @Override
            public void warning(String sentence) {
                said.add(id + " warning: " + sentence);
            }
        };
        Controller made = new Controller(
                actor -> {
                    sessions.add(zooKeeper.open(actor));
                    return noted(sessions.get(sessions.size() - 1));
                },
                gateway,
                combination.plugins(),
                ControllerSettings.of(WriteMode.BATCHED).withId(id).with(office),
                time,
                listener);
        made.start();
        pass(1);
        return made;
    }

    private ZkPort noted(ZkPort port) {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (proxy, method, arguments) -> {
                    if (READS.contains(method.getName())) {
                        reads.add(method.getName() + " " + arguments[0]);
                    }
                    try {
                        return method.invoke(port, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void failDisk(TopicPartition partition, int broker) {
        lab.failDisk(partition, broker);
        pass(1);
    }

    void request(String assignments) {
        String text = "{\"version\":1,\"kind\":\"payload\",\"assignments\":" + assignments + "}";
        commit(ZkWrite.createSequential(REQUESTS + "/request_", text));
    }

    void commit(ZkWrite write) {
        zk.commit(List.of(write)).toCompletableFuture().join();
    }

    /** The id in {@code /controller}, or none. */
    Optional<Integer> holder() {
        return read("/controller").map(text -> Integer.parseInt(text.replaceAll(".*\"brokerid\":(\\d+).*", "$1")));
    }

    Optional<String> read(String path) {
        return zk.getData(path).toCompletableFuture().join().map(ZkNode::text);
    }

    void await(BooleanSupplier condition) {
        assertThat(time.await(condition, Duration.ofMinutes(1)))
                .as(said.toString())
                .isTrue();
    }

    void pass(int seconds) {
        time.await(() -> false, Duration.ofSeconds(seconds));
    }
}
