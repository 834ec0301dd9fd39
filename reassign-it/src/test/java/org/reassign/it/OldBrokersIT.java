package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.client.Requester;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;

/** Four brokers of older lines with data, in {@code -Pbrokers}: their jars are fetched at the first use. */
@Isolated
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
class OldBrokersIT {
    private static final int MOVES = 2;
    private static final int RECORDS = 300;
    private static final Replicas BEFORE = Replicas.of(0, 1);
    private static final Replicas AFTER = Replicas.of(2, 3);

    /** A machine that is busy makes both controllers wait for as long as this, now and then. */
    private static final Duration NOISE = Duration.ofSeconds(3);

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1", "2.8.2"})
    void aMoveIsMadeChangedAndCancelledWithItsData(String version) {
        try (RealBrokers brokers = new RealBrokers(4, Map.of("kafka-version", version))) {
            List<TopicPartition> moved = created(brokers, "t", 3);
            List<org.apache.kafka.common.TopicPartition> written = moved.stream()
                    .map(one -> new org.apache.kafka.common.TopicPartition(one.topic(), one.partition()))
                    .toList();
            try (CheckedTraffic traffic = new CheckedTraffic(brokers::bootstrap, written, RECORDS);
                    Leading ours = new Leading(brokers)) {
                RealBrokers.join(brokers.lab.hold(moved.get(1), 3));
                RealBrokers.join(brokers.lab.hold(moved.get(2), 3));
                moved.forEach(partition -> ours.submit(partition, Optional.of(AFTER)));
                for (TopicPartition held : moved.subList(1, 3)) {
                    await(held + " in sync on 2")
                            .atMost(RealBrokers.soon())
                            .until(() -> brokers.state(held).isr().contains(2));
                }
                ours.submit(moved.get(1), Optional.of(Replicas.of(3, 1)));
                ours.submit(moved.get(2), Optional.empty());
                RealBrokers.join(brokers.lab.releaseAll());
                assertEnds(brokers, moved.get(0), AFTER);
                assertEnds(brokers, moved.get(1), Replicas.of(3, 1));
                assertEnds(brokers, moved.get(2), BEFORE);
                ours.handBack();
                traffic.assertNothingLost();
            }
        }
    }

    private static void assertEnds(RealBrokers brokers, TopicPartition partition, Replicas target) {
        await(partition.toString()).atMost(RealBrokers.soon().multipliedBy(2)).untilAsserted(() -> {
            assertThat(brokers.assigned(partition)).isEqualTo(target);
            assertThat(brokers.state(partition).isr().sameBrokers(target)).isTrue();
            assertThat(brokers.ids)
                    .filteredOn(id -> brokers.lab.disk(id).containsKey(partition))
                    .containsExactlyInAnyOrderElementsOf(target.ids());
            brokers.ids.forEach(id -> assertThat(told(brokers, id, partition))
                    .as("what broker %s tells of it", id)
                    .isEqualTo(
                            BrokerMetadata.of(target, brokers.state(partition)).withoutEpoch()));
        });
    }

    private static BrokerMetadata told(RealBrokers brokers, int broker, TopicPartition partition) {
        return BrokerMetadata.ask(
                        brokers.endpoint(broker).orElseThrow(),
                        List.of(partition.topic()),
                        BrokerMetadata.WITHOUT_EPOCH)
                .get(partition);
    }

    /**
     * A leader of Kafka 1.1 that is dropped does not answer the requests of producers that wait for its followers, under
     * Kafka's own controller as under ours: they wait until their own time-out, 30 s.
     */
    @ParameterizedTest
    @ValueSource(strings = {"1.1.1", "2.8.2"})
    void noProducerStandsStillLongerThanUnderKafkasOwnController(String version) {
        try (RealBrokers brokers = new RealBrokers(4, Map.of("kafka-version", version))) {
            Duration kafkas = longestGap(brokers, created(brokers, "kafkas", MOVES), partition -> {
                String request = "{\"version\":1,\"partitions\":[{\"topic\":\"" + partition.topic()
                        + "\",\"partition\":" + partition.partition() + ",\"replicas\":" + AFTER + "}]}";
                RealBrokers.join(brokers.zk.commit(List.of(ZkWrite.create("/admin/reassign_partitions", request))));
            });
            List<TopicPartition> own = created(brokers, "ours", MOVES);
            try (Leading controller = new Leading(brokers)) {
                Duration ours = longestGap(brokers, own, partition -> controller.submit(partition, Optional.of(AFTER)));
                System.err.println("Kafka " + version + ", longest wait for an acknowledgement in " + MOVES
                        + " moves: " + kafkas.toMillis() + " ms under its own controller, " + ours.toMillis()
                        + " ms under ours");
                assertThat(ours).isLessThan(kafkas.plus(NOISE));
            }
        }
    }

    private static List<TopicPartition> created(RealBrokers brokers, String topic, int partitions) {
        brokers.create(topic, Collections.nCopies(partitions, BEFORE));
        return IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    private static Duration longestGap(
            RealBrokers brokers, List<TopicPartition> partitions, Consumer<TopicPartition> move) {
        Duration longest = Duration.ZERO;
        for (TopicPartition partition : partitions) {
            try (Acknowledgements producer = new Acknowledgements(brokers.bootstrap(), partition)) {
                producer.awaitMore();
                producer.begin();
                move.accept(partition);
                await(partition.toString())
                        .atMost(RealBrokers.soon().multipliedBy(2))
                        .until(() -> brokers.assigned(partition).equals(AFTER)
                                && brokers.text("/admin/reassign_partitions").isEmpty());
                producer.awaitMore();
                Duration gap = producer.longestGap();
                assertThat(producer.failures()).isZero();
                longest = gap.compareTo(longest) > 0 ? gap : longest;
            }
        }
        return longest;
    }

    /** A controller of ours that takes the office for each request. */
    private static final class Leading implements AutoCloseable {
        private final ThreadTimers timers = new ThreadTimers();
        private final Plugins plugins;
        private final ZkPort requester;
        private final Controller controller;

        Leading(RealBrokers brokers) {
            plugins = Choice.DEFAULT.plugins(brokers.gateway);
            requester = brokers.server.sessions().open("requester");
            controller = new Controller(
                    brokers.server.sessions(),
                    brokers.open,
                    plugins,
                    ControllerSettings.of(Choice.DEFAULT.mode()),
                    timers,
                    new ControllerListener() {});
            controller.start();
            await().atMost(RealBrokers.soon()).until(() -> controller.leads() || controller.awaitsCause());
        }

        void submit(TopicPartition partition, Optional<Replicas> target) {
            var unused = RealBrokers.join(
                    new Requester(requester, plugins.channels().get(0).plugin())
                            .submit(new ReassignmentRequest(
                                    new TreeMap<>(Map.of(partition, target)), Optional.of("it"), Optional.empty())));
        }

        void handBack() {
            await().atMost(RealBrokers.soon()).until(controller::idle);
            RealBrokers.join(controller.stop());
        }

        @Override
        public void close() {
            controller.kill();
            requester.close();
            timers.close();
        }
    }
}
