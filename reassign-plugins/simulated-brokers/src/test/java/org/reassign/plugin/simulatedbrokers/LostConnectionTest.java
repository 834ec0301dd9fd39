package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/** Connections of brokers and lab break, for as long as it takes. */
class LostConnectionTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final long LONGER_THAN_A_START_MAY_TAKE = 60_000;

    private static final SortedMap<Integer, Replicas> ON_BOTH = new TreeMap<>(Map.of(0, Replicas.of(1, 2)));

    private final Cluster cluster = Cluster.of(2);

    private void comesBack(String actor) {
        cluster.pass(LONGER_THAN_A_START_MAY_TAKE);
        cluster.sessions.reconnect(actor);
        cluster.pass(1_000);
    }

    @Test
    void a_registration_whose_answer_was_lost_is_the_brokers_own() {
        cluster.sessions.losesAnswer("brokers");
        CompletionStage<Void> started = cluster.lab.start(3, Optional.empty());
        cluster.pass(1_000);
        assertThat(started.toCompletableFuture()).isNotDone();
        cluster.sessions.reconnect("brokers");
        cluster.pass(1_000);

        assertThat(started.toCompletableFuture()).isCompleted();
        cluster.metadata(3, 3);
    }

    @Test
    void a_broker_whose_session_expired_registers_when_its_connection_is_back() {
        cluster.sessions.unreachable(true);
        cluster.zooKeeper.expireAll("brokers");
        cluster.pass(LONGER_THAN_A_START_MAY_TAKE);
        assertThat(cluster.children("/brokers/ids")).isEmpty();

        cluster.sessions.unreachable(false);
        cluster.pass(1_000);
        assertThat(cluster.children("/brokers/ids")).containsExactly("1", "2");
        cluster.sessions.losesAnswer("brokers");
        cluster.zooKeeper.expireAll("brokers");
        comesBack("brokers");
        assertThat(cluster.children("/brokers/ids")).containsExactly("1", "2");
        cluster.metadata(2, 2);
    }

    @Test
    void a_broker_whose_place_is_taken_meanwhile_waits_for_it() {
        cluster.sessions.unreachable(true);
        cluster.zooKeeper.expireAll("brokers");
        cluster.time.settle();
        cluster.zk.commit(List.of(ZkWrite.create(Registration.path(1), "somebody")));
        cluster.sessions.unreachable(false);
        cluster.pass(LONGER_THAN_A_START_MAY_TAKE);
        assertThat(cluster.node("/brokers/ids/1").orElseThrow().text()).isEqualTo("somebody");

        cluster.zk.commit(List.of(ZkWrite.delete(Registration.path(1), ZkWrite.ANY_VERSION)));
        cluster.pass(1_000);
        cluster.metadata(1, 1);
    }

    @Test
    void a_hold_waits_on_without_a_connection() {
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(1));
        cluster.sessions.suspend("lab");
        CompletionStage<Void> held = cluster.lab.hold(T0, 2);
        cluster.pass(1_000);
        cluster.bump(T0, 1, Replicas.of(1));
        assertThat(held.toCompletableFuture()).isNotDone();

        comesBack("lab");
        assertThat(held.toCompletableFuture()).isCompleted();
    }

    @Test
    void a_kill_waits_on_without_a_connection() {
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.sessions.suspend("lab");
        CompletionStage<Void> killed = cluster.lab.kill(1);
        cluster.pass(1_000);
        comesBack("lab");
        assertThat(killed.toCompletableFuture()).isCompleted();
    }

    @Test
    void a_topic_whose_answer_was_lost_is_made_once() {
        cluster.topic("t", 0, Replicas.of(1));
        cluster.sessions.losesAnswer("lab");
        CompletionStage<Void> made = cluster.lab.createTopic("u", ON_BOTH, 7, 1);
        comesBack("lab");

        assertThat(made.toCompletableFuture()).isCompleted();
        assertThat(cluster.bytes(2, new TopicPartition("u", 0))).isEqualTo(7);
        assertThat(cluster.failure(cluster.lab.createTopic("u", ON_BOTH, 7, 1))).hasMessageContaining("exists already");
    }

    @Test
    void a_deletion_whose_answer_was_lost_goes_on() {
        cluster.topic("t", 0, Replicas.of(1));
        cluster.sessions.losesAnswer("lab");
        CompletionStage<Void> deleted = cluster.lab.deleteTopic("t");
        comesBack("lab");

        assertThat(deleted.toCompletableFuture()).isCompleted();
        assertThat(cluster.children("/brokers/topics")).isEmpty();
    }
}
