package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;

/**
 * Five real brokers in containers, with the moves of {@link RealBrokersIT}, and one that is cut off by the network in the
 * middle of a move and comes back. With {@code -Pcontainers}, which names the images; without, nothing looks for a
 * container engine.
 */
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(
        named = "reassign.zookeeper.image",
        matches = ".+",
        disabledReason = "no image of ZooKeeper is named; -Pcontainers does")
@EnabledIfSystemProperty(
        named = "reassign.kafka.image",
        matches = ".+",
        disabledReason = "no image of Kafka is named; -Pcontainers does")
@EnabledIf(
        value = "org.reassign.it.BrokerContainers#engineAnswers",
        disabledReason =
                "no container engine answers; start one, and name its socket by DOCKER_HOST where it is not the usual one")
class ContainersIT {
    private static ContainerCluster brokers;

    @BeforeAll
    static void start() {
        brokers = ContainerCluster.start(5);
    }

    @AfterAll
    static void stop() {
        if (brokers != null) {
            brokers.close();
        }
    }

    @ParameterizedTest
    @MethodSource("org.reassign.it.ChangedMoves#combinations")
    void nothingIsLostOrLeft(String layout, String watcher) {
        new ChangedMoves(brokers, "t-" + layout).moveChangeAndCancel(layout, watcher);
    }

    /** It leads one partition that is to leave it, and is a target of another. */
    @Test
    void aBrokerIsCutOffInTheMiddleOfAMoveAndComesBack() {
        brokers.create("cut-off", List.of(Replicas.of(0, 1), Replicas.of(1, 2)));
        TopicPartition leaving = new TopicPartition("cut-off", 0);
        TopicPartition coming = new TopicPartition("cut-off", 1);
        try (RealClients clients = new RealClients(brokers, List.of(leaving, coming));
                ZkPort requester = brokers.sessions.open("requester");
                OurController controller = new OurController(brokers, "separate", "per-partition")) {
            brokers.hold(leaving, 3);
            brokers.hold(coming, 0);
            RealCluster.join(controller.submit(
                    requester,
                    Map.of(
                            leaving, Optional.of(Replicas.of(2, 3)),
                            coming, Optional.of(Replicas.of(0, 4)))));
            brokers.awaitInSync(leaving, 2);
            brokers.awaitInSync(coming, 4);
            brokers.cutOff(0);
            brokers.releaseAll();
            brokers.awaitAssigned(leaving, 2, 3);
            clients.assertUnharmed();
            assertThat(brokers.assigned(coming)).isEqualTo(Replicas.of(0, 4, 1, 2));
            brokers.comeBack(0);
            brokers.awaitAssigned(coming, 0, 4);
            controller.awaitIdle();
            controller.stop();
            brokers.awaitKafkasController();
            new SettledCluster(brokers)
                    .await(Map.of(leaving, Set.of(Replicas.of(2, 3)), coming, Set.of(Replicas.of(0, 4))));
            clients.assertUnharmed();
        }
    }
}
