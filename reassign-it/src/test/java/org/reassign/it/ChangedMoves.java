package org.reassign.it;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkPort;

/** Moves of real brokers with data, under a producer and a consumer group, of which some are changed and cancelled. */
final class ChangedMoves {
    private final RealCluster brokers;
    private final List<TopicPartition> moved;

    /** With a topic of its own of this name. */
    ChangedMoves(RealCluster brokers, String topic) {
        this.brokers = brokers;
        brokers.create(topic, List.of(Replicas.of(0, 1), Replicas.of(0, 1), Replicas.of(1, 2), Replicas.of(2, 3)));
        this.moved = IntStream.range(0, 4)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }

    /** Each layout and each watcher. */
    static Stream<Arguments> combinations() {
        return Stream.of(
                Arguments.of("separate", "per-partition"),
                Arguments.of("separate-flat", "recursive"),
                Arguments.of("consolidated", "batched"),
                Arguments.of("kip-455", "per-partition"));
    }

    /** One is moved, one sent elsewhere while it is in flight, one cancelled, and one grows; nothing is lost or left. */
    void moveChangeAndCancel(String layout, String watcher) {
        try (RealClients clients = new RealClients(brokers, moved);
                ZkPort requester = brokers.sessions.open("requester");
                OurController controller = new OurController(brokers, layout, watcher)) {
            brokers.hold(moved.get(1), 3);
            brokers.hold(moved.get(2), 4);
            RealCluster.join(controller.submit(
                    requester,
                    Map.of(
                            moved.get(0), Optional.of(Replicas.of(2, 3)),
                            moved.get(1), Optional.of(Replicas.of(2, 3)),
                            moved.get(2), Optional.of(Replicas.of(4, 3)),
                            moved.get(3), Optional.of(Replicas.of(2, 3, 4)))));
            brokers.awaitInSync(moved.get(1), 2);
            brokers.awaitInSync(moved.get(2), 3);
            RealCluster.join(controller.submit(
                    requester, Map.of(moved.get(1), Optional.of(Replicas.of(3, 4)), moved.get(2), Optional.empty())));
            brokers.releaseAll();
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
}
