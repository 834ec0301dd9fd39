package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.throttle.ThrottledMove;
import org.reassign.core.throttle.Throttles;

/** Client and controller have died and left throttles: a process that stands by takes the office to take them off. */
class ThrottleOfficeTest {
    private final OfficeCluster cluster = new OfficeCluster();

    private void throttle(String holder) {
        Throttles throttles = new Throttles(
                cluster.zk,
                writes -> {
                    cluster.zk.commit(writes).toCompletableFuture().join();
                    return true;
                },
                () -> 0);
        throttles.set(
                holder,
                List.of(ThrottledMove.to(
                        Replicas.of(1, 2), new TopicPartition("t", 1), Replicas.of(0, 1), Replicas.NONE)),
                1_000);
        throttles.submitted(holder);
    }

    @Test
    void theOfficeIsTakenForThemOnceAndHandedBack() {
        throttle("c");

        cluster.process(1000);
        cluster.await(() -> cluster.said.contains("1000 has handed the office back: all is done"));

        assertThat(cluster.said)
                .contains("1000 takes the office: throttles are to be taken off below /reassign/throttles");
        assertThat(cluster.read("/config/brokers/2")).isEqualTo(Optional.of("{\"version\":1,\"config\":{}}"));
        cluster.await(cluster.kafka::holds);
        cluster.pass(30);
        assertThat(cluster.said).filteredOn(said -> said.contains("elected")).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsNoCauseAgainAndAgain() {
        throttle("c");
        cluster.commit(ZkWrite.setData("/reassign/throttles/topics/t", "odd", -1));
        cluster.commit(ZkWrite.setData("/config/brokers/1", "odd", -1));

        cluster.process(1000);
        cluster.await(() -> cluster.said.contains("1000 has handed the office back: all is done"));
        cluster.pass(60);

        assertThat(cluster.said).filteredOn(said -> said.contains("elected")).hasSize(1);
        assertThat(cluster.said)
                .anyMatch(said -> said.startsWith("1000 warning: /config/brokers/1 does not hold a configuration"));
    }
}
