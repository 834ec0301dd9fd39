package org.reassign.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;

/**
 * Five real brokers with data, under a producer, a consumer and a consumer group that check every record and every commit:
 * moves, retargets and cancels in each storage layout and under each ISR watcher; offices handed over to and from Kafka's
 * own controller in flight; and rounds of random moves with random faults.
 */
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RealBrokersIT {
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
        try (RealClients clients = new RealClients(brokers, moved);
                ZkPort requester = brokers.server.sessions().open("requester");
                OurController controller = new OurController(brokers, layout, watcher)) {
            RealBrokers.join(brokers.lab.hold(moved.get(1), 3));
            RealBrokers.join(brokers.lab.hold(moved.get(2), 4));
            RealBrokers.join(controller.submit(
                    requester,
                    Map.of(
                            moved.get(0), Optional.of(Replicas.of(2, 3)),
                            moved.get(1), Optional.of(Replicas.of(2, 3)),
                            moved.get(2), Optional.of(Replicas.of(4, 3)),
                            moved.get(3), Optional.of(Replicas.of(2, 3, 4)))));
            brokers.awaitInSync(moved.get(1), 2);
            brokers.awaitInSync(moved.get(2), 3);
            RealBrokers.join(controller.submit(
                    requester, Map.of(moved.get(1), Optional.of(Replicas.of(3, 4)), moved.get(2), Optional.empty())));
            RealBrokers.join(brokers.lab.releaseAll());
            brokers.awaitAssigned(moved.get(0), 2, 3);
            brokers.awaitAssigned(moved.get(1), 3, 4);
            brokers.awaitAssigned(moved.get(2), 1, 2);
            brokers.awaitAssigned(moved.get(3), 2, 3, 4);
            controller.awaitIdle();
            controller.stop();
            brokers.awaitKafkasController();
            new SettledCluster(brokers)
                    .await(Map.of(
                            moved.get(0), Set.of(Replicas.of(2, 3)),
                            moved.get(1), Set.of(Replicas.of(3, 4)),
                            moved.get(2), Set.of(Replicas.of(1, 2)),
                            moved.get(3), Set.of(Replicas.of(2, 3, 4))));
            clients.assertUnharmed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kip-455", "separate"})
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void whatIsInFlightWhenOursIsKilledIsCompleted(String layout) {
        new HandOver(brokers, "h-" + layout).killedInFlight(layout);
    }

    @Test
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void kafkasOwnReassignmentsAreCompletedChangedAndCancelled() {
        new HandOver(brokers, "kafkas").inTheMiddleOfKafkas();
    }

    @Test
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void whatAVisitHasBegunIsCompletedByKafka() {
        new HandOver(brokers, "visited").visited();
    }

    @Test
    void movesAreChangedAndCancelledByCommandWhileTheLeaderIsKilled(@TempDir Path folder) throws Exception {
        new MovesByCommand(brokers, folder).changedAndCancelledWhileTheLeaderIsKilled();
    }

    @Test
    void randomMovesWithRandomFaultsLoseNothing() {
        try (RealRounds rounds = new RealRounds(brokers, "rounds", RealRounds.seed())) {
            rounds.play(Integer.getInteger("reassign.brokers.sample", 2));
        }
    }
}
