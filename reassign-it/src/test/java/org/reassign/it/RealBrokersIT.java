package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;

/**
 * Five real brokers with data, under a producer and a consumer that check every record: a partition is moved, one is
 * interrupted and sent elsewhere, one is cancelled, and one only grows, in each storage layout and under each ISR
 * watcher.
 */
@Isolated
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class RealBrokersIT {
    private static final int RECORDS = 300;

    private static RealBrokers brokers;

    @BeforeAll
    static void start() {
        brokers = new RealBrokers(5);
    }

    @AfterAll
    static void stop() {
        if (brokers != null) {
            brokers.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"separate, per-partition", "separate-flat, recursive", "consolidated, batched", "kip-455, per-partition"
    })
    void nothingIsLostOrLeft(String layout, String watcher) {
        String topic = "t-" + layout;
        brokers.create(topic, List.of(Replicas.of(0, 1), Replicas.of(0, 1), Replicas.of(1, 2), Replicas.of(2, 3)));
        List<TopicPartition> moved = IntStream.range(0, 4)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
        Plugins plugins = Choice.DEFAULT
                .in(layout, Choice.DEFAULT.mode())
                .watchedBy(watcher)
                .plugins(brokers.gateway);
        try (CheckedTraffic traffic = new CheckedTraffic(brokers.bootstrap(), kafkas(moved), RECORDS);
                ThreadTimers timers = new ThreadTimers();
                ZkPort requester = brokers.server.sessions().open("requester")) {
            Controller controller = new Controller(
                    brokers.server.sessions(),
                    brokers.open,
                    plugins,
                    ControllerSettings.of(Choice.DEFAULT.mode()),
                    timers,
                    new ControllerListener() {});
            controller.start();
            try {
                await().atMost(RealBrokers.soon()).until(() -> controller.leads() || controller.standsBy());
                RealBrokers.join(brokers.lab.hold(moved.get(1), 3));
                RealBrokers.join(brokers.lab.hold(moved.get(2), 4));
                submit(
                        plugins,
                        requester,
                        Map.of(
                                moved.get(0), Optional.of(Replicas.of(2, 3)),
                                moved.get(1), Optional.of(Replicas.of(2, 3)),
                                moved.get(2), Optional.of(Replicas.of(4, 3)),
                                moved.get(3), Optional.of(Replicas.of(2, 3, 4))));
                awaitInSync(moved.get(1), 2);
                awaitInSync(moved.get(2), 3);
                submit(
                        plugins,
                        requester,
                        Map.of(moved.get(1), Optional.of(Replicas.of(3, 4)), moved.get(2), Optional.empty()));
                RealBrokers.join(brokers.lab.releaseAll());
                assertEnds(moved.get(0), 2, 3);
                assertEnds(moved.get(1), 3, 4);
                assertEnds(moved.get(2), 1, 2);
                assertEnds(moved.get(3), 2, 3, 4);
                await().atMost(RealBrokers.soon()).until(controller::idle);
                RealBrokers.join(controller.stop());
            } finally {
                controller.kill();
            }
            awaitKafkasController();
            traffic.assertComplete();
            assertThat(traffic.acknowledged()).isGreaterThan(4L * RECORDS);
        }
        moved.forEach(this::assertWholeEverywhere);
    }

    private static List<org.apache.kafka.common.TopicPartition> kafkas(List<TopicPartition> partitions) {
        return partitions.stream()
                .map(one -> new org.apache.kafka.common.TopicPartition(one.topic(), one.partition()))
                .toList();
    }

    private static void submit(Plugins plugins, ZkPort requester, Map<TopicPartition, Optional<Replicas>> targets) {
        var unused = RealBrokers.join(
                new Requester(requester, plugins.channels().get(0).plugin())
                        .submit(new ReassignmentRequest(new TreeMap<>(targets), Optional.of("it"), Optional.empty())));
    }

    private static void awaitInSync(TopicPartition partition, int broker) {
        await(partition + " in sync on " + broker)
                .atMost(RealBrokers.soon())
                .until(() -> brokers.state(partition).isr().contains(broker));
    }

    private static void assertEnds(TopicPartition partition, Integer... target) {
        await(partition.toString())
                .atMost(RealBrokers.soon())
                .untilAsserted(() -> assertThat(brokers.assigned(partition)).isEqualTo(Replicas.of(target)));
    }

    /** Without the office, one of the brokers is the controller again. */
    private static void awaitKafkasController() {
        await().atMost(RealBrokers.soon())
                .until(() -> brokers.ids.stream()
                        .anyMatch(id -> brokers.text("/controller").contains("\"brokerid\":" + id + ",")));
    }

    private void assertWholeEverywhere(TopicPartition partition) {
        Replicas assigned = brokers.assigned(partition);
        await(partition + " in sync and on no other disk")
                .atMost(RealBrokers.soon())
                .untilAsserted(() -> {
                    assertThat(brokers.state(partition).isr().ids())
                            .containsExactlyInAnyOrderElementsOf(assigned.ids());
                    assertThat(brokers.onDisk(partition)).containsExactlyInAnyOrderElementsOf(assigned.ids());
                });
        assertThat(assigned.contains(brokers.state(partition).leader())).isTrue();
        brokers.ids.forEach(id -> await("metadata of " + partition + " at broker " + id)
                .atMost(RealBrokers.soon())
                .untilAsserted(() -> assertThat(BrokerMetadata.ask(brokers.endpoint(id), partition))
                        .isEqualTo(BrokerMetadata.of(assigned, brokers.state(partition)))));
    }
}
