package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** The lab's own session expires while it waits for ZooKeeper to show an effect. */
class LostLabSessionTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    private static CompletionStage<Void> waitingHold(Cluster cluster) {
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(1));
        CompletionStage<Void> held = cluster.lab.hold(T0, 2);
        cluster.time.settle();
        assertThat(held.toCompletableFuture()).isNotDone();
        return held;
    }

    @Test
    void a_hold_goes_on_waiting_in_the_next_session() {
        Cluster cluster = Cluster.of(2);
        CompletionStage<Void> held = waitingHold(cluster);
        cluster.zooKeeper.expireAll("lab");
        cluster.time.settle();
        assertThat(held.toCompletableFuture()).isNotDone();

        cluster.bump(T0, 1, Replicas.of(1));
        cluster.now(held);
    }

    @Test
    void a_hold_sees_what_happened_while_there_was_no_session() {
        Cluster cluster = Cluster.of(2);
        CompletionStage<Void> held = waitingHold(cluster);
        cluster.zooKeeper.expireAll("lab");
        cluster.bump(T0, 1, Replicas.of(1));
        cluster.now(held);
    }

    @Test
    void a_kill_completes_although_the_session_expires_before_it_has_looked() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1, 2));
        CompletionStage<Void> killed = cluster.lab.kill(2);
        cluster.zooKeeper.expireAll("lab");
        cluster.now(killed);
    }

    @Test
    void what_waits_when_the_gateway_is_closed_fails() {
        Cluster cluster = Cluster.of(2);
        CompletionStage<Void> held = waitingHold(cluster);
        cluster.gateway.close();
        assertThat(cluster.failure(held)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_lab_works_on_after_its_session_was_lost_while_idle() {
        Cluster cluster = Cluster.of(1);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.zooKeeper.expireAll("lab");
        cluster.time.settle();
        cluster.now(cluster.lab.start(2, Optional.empty()));
        cluster.topic("u", 0, Replicas.of(1, 2));
        assertThat(cluster.children("/brokers/topics")).containsExactly("t", "u");
    }
}
