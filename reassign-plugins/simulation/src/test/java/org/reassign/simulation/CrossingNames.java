package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.LabGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** Topics of every kind of name, in flight all at once: the flat record of a-0 lies where the parent of topic a-0 does. */
final class CrossingNames {
    static final List<String> TOPICS = List.of("a", "a-0", "a-0-0", "a.b_c", "-x", "-", "--", "-0");

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final ZkPort zk = zooKeeper.open("operator");
    private final LabGateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final Lab lab = gateway.lab();
    private final List<String> warnings = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    CrossingNames() {
        List.of(0, 1, 2).forEach(broker -> lab.start(broker, Optional.empty()));
        pass();
        TOPICS.forEach(topic ->
                lab.createTopic(topic, new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1))), 1_000, 1));
        pass();
    }

    /** Starts a controller; it may end before it leads. */
    Controller start(Plugins plugins, WriteMode mode, ZkSessions sessions) {
        ControllerListener listener = new ControllerListener() {
            @Override
            public void warning(String sentence) {
                warnings.add(sentence);
            }

            @Override
            public void answered(Answer answer) {
                answers.add(answer);
            }
        };
        Controller controller = new Controller(sessions, gateway, plugins, ControllerSettings.of(mode), time, listener);
        controller.start();
        return controller;
    }

    Controller lead(Plugins plugins, WriteMode mode) {
        Controller controller = start(plugins, mode, zooKeeper);
        assertThat(await(controller::leads))
                .as("%s leads; %s", plugins.layout().name(), warnings)
                .isTrue();
        return controller;
    }

    /** All partitions move and cannot end. */
    void moveAll() {
        partitions().forEach(partition -> lab.hold(partition, 2));
        String names = TOPICS.stream()
                .map(topic -> "\"" + topic + "\":{\"0\":[1,2],\"1\":[1,2]}")
                .collect(Collectors.joining(","));
        zk.commit(List.of(ZkWrite.createSequential(
                "/admin/reassignment_requests/request_",
                "{\"version\":1,\"kind\":\"payload\",\"assignments\":{" + names + "}}")));
        pass();
        TOPICS.forEach(topic -> assertThat(read("/brokers/topics/" + topic))
                .contains("\"0\":[1,2,0]")
                .contains("\"1\":[1,2,0]"));
        assertThat(answers).isEmpty();
    }

    /** Lets replicas copy: all moves end, and nothing is left in any layout. */
    void endsAll(Controller controller, List<StorageLayout> layouts) {
        assertThat(answers).as("nothing has ended while replicas were held").isEmpty();
        lab.releaseAll();
        assertThat(await(controller::idle)).as("idle; %s", warnings).isTrue();
        controller.kill();
        assertThat(warnings).noneMatch(sentence -> sentence.contains("older than"));
        for (String topic : TOPICS) {
            assertThat(read("/brokers/topics/" + topic)).contains("\"partitions\":{\"0\":[1,2],\"1\":[1,2]}");
        }
        for (String root : roots(layouts)) {
            assertThat(zk.getChildren(root).toCompletableFuture().join().orElse(List.of()))
                    .as(root)
                    .isEmpty();
        }
        partitions().forEach(partition -> {
            assertThat(lab.disk(0)).doesNotContainKey(partition);
            assertThat(lab.disk(2)).containsKey(partition);
        });
    }

    private static Set<String> roots(List<StorageLayout> layouts) {
        Set<String> roots = new TreeSet<>();
        layouts.forEach(layout -> layout.placement().recordRoot().ifPresent(roots::add));
        return roots;
    }

    private static List<TopicPartition> partitions() {
        return TOPICS.stream()
                .flatMap(topic -> List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)).stream())
                .toList();
    }

    MemoryZooKeeper zooKeeper() {
        return zooKeeper;
    }

    boolean await(java.util.function.BooleanSupplier condition) {
        return time.await(condition, Duration.ofSeconds(20));
    }

    private void pass() {
        time.await(() -> false, Duration.ofSeconds(3));
    }

    private String read(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }
}
