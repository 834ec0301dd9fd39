package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.StateJson;

/** A controller whose brokers obey it alone looks after partitions that nothing reassigns, too. */
class WholeClusterTest {
    private static final TopicPartition IDLE = new TopicPartition("idle", 0);

    static Stream<Combination> watchers() {
        return Combination.all().stream()
                .filter(one -> one.policy().equals("prefer-in-sync")
                        && one.layout().equals("separate")
                        && one.mode() == Combination.DEFAULT.mode());
    }

    private static OutsiderCluster cluster(Combination combination) {
        OutsiderCluster cluster = new OutsiderCluster(combination.plugins(), combination.mode(), Office.TAKE_OVER);
        cluster.topic("idle", Map.of(0, Replicas.of(0, 1), 1, Replicas.of(3, 2, 1)));
        cluster.topic("moves", Map.of(0, Replicas.of(0, 1)));
        return cluster;
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void everyBrokerKnowsEveryPartition(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.pass(1);

        cluster.brokersKnowAll();
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void aBrokerThatRegistersIsToldOfEveryPartition(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.lab.kill(4);
        cluster.pass(1);
        cluster.lab.start(4, Optional.empty());
        cluster.pass(1);

        cluster.brokersKnowAll();
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void anIsrThatALeaderChangesIsPassedOn(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.lab.hold(IDLE, 1);
        cluster.pass(1);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(0));
        cluster.brokersKnowAll();

        cluster.lab.releaseAll();
        cluster.pass(1);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(0, 1));
        cluster.brokersKnowAll();
        assertThat(cluster.children("/isr_change_notification")).isEmpty();
    }

    /** Nothing says which partitions it named. */
    @ParameterizedTest
    @MethodSource("watchers")
    void anIsrIsPassedOnThoughItsNotificationIsDeletedUnread(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.lab.hold(IDLE, 1);
        losesNotifications(cluster, "/isr_change_notification");

        cluster.brokersKnowAll();
        cluster.lab.releaseAll();
        cluster.pass(2);
        cluster.brokersKnowAll();
    }

    @Test
    void anIsrIsPassedOnThoughItsNotificationWasDeletedWhileNoneLed() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.pass(1);
        cluster.controller.kill();
        cluster.lab.hold(IDLE, 1);
        losesNotifications(cluster, "/isr_change_notification");
        cluster.start();
        cluster.pass(1);

        cluster.brokersKnowAll();
    }

    @Test
    void aFailedLogDirectoryIsNoticedThoughItsNotificationIsDeletedUnread() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.pass(1);
        cluster.lab.failDisk(IDLE, 0);
        losesNotifications(cluster, "/log_dir_event_notification");

        assertThat(cluster.stored.state(IDLE).orElseThrow().leader()).isEqualTo(1);
        cluster.brokersKnow(Map.of(IDLE, Replicas.of(0)));
    }

    private static void losesNotifications(OutsiderCluster cluster, String root) {
        cluster.awaitChild(root);
        cluster.children(root)
                .forEach(child -> cluster.commit(ZkWrite.delete(root + "/" + child, ZkWrite.ANY_VERSION)));
        cluster.commit(ZkWrite.delete(root, ZkWrite.ANY_VERSION));
        cluster.pass(2);
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void aBrokerThatDiesLeavesTheIsrAndItsPartitionsGetALeader(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.lab.kill(0);
        cluster.pass(1);
        LeaderAndIsr state = cluster.stored.state(IDLE).orElseThrow();
        assertThat(state.leader()).isEqualTo(1);
        assertThat(state.isr()).isEqualTo(Replicas.of(1));
        cluster.brokersKnowAll();

        cluster.lab.start(0, Optional.empty());
        cluster.pass(1);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(1, 0));
        cluster.brokersKnowAll();
    }

    /** It was in no ISR: no state is written, but clients are told that its replica is offline. */
    @Test
    void aReplicaOutOfSyncThatDiesIsOffline() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.lab.hold(IDLE, 1);
        cluster.pass(1);
        cluster.lab.kill(1);
        cluster.pass(1);

        cluster.brokersKnowAll();
    }

    @Test
    void deletedTopicsAreForgotten() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.lab.deleteTopic("idle");
        cluster.pass(1);
        cluster.brokersKnowAll();

        cluster.topic("idle", Map.of(0, Replicas.of(2, 3)));
        cluster.brokersKnowAll();
    }

    /** A broker whose session alone was lost comes back with the metadata that it had. */
    @Test
    void aDeletedTopicIsToldToABrokerThatComesBack() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.lab.deleteTopic("idle");
        cluster.pass(1);
        int told = cluster.sent.size();
        cluster.lab.kill(4);
        cluster.pass(1);
        cluster.lab.start(4, Optional.empty());
        cluster.pass(1);

        assertThat(cluster.sent.subList(told, cluster.sent.size()).stream()
                        .filter(UpdateMetadataRequest.class::isInstance)
                        .flatMap(request -> ((UpdateMetadataRequest) request).partitions().stream())
                        .map(one -> one.partition().topic()))
                .contains("moves", "idle");
    }

    @Test
    void topicsAndMovesAreKnownToAll() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.topic("new", Map.of(0, Replicas.of(4), 1, Replicas.of(2, 0)));
        cluster.request("{\"moves\":{\"0\":[2,3]},\"new\":{\"1\":[4,0]}}");
        cluster.settles();

        cluster.brokersKnowAll();
        assertThat(List.of(
                        cluster.assigned(new TopicPartition("moves", 0)),
                        cluster.assigned(new TopicPartition("new", 1))))
                .containsExactly(Replicas.of(2, 3), Replicas.of(4, 0));
    }

    /** The controller in between has written {@code state} and has told no broker. */
    @Test
    void afterAnEpochThatWasNotOursAllAreToldAll() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.pass(1);
        cluster.controller.kill();
        cluster.pass(1);
        cluster.set("/controller_epoch", "2");
        LeaderAndIsr state = cluster.stored.state(IDLE).orElseThrow();
        cluster.set(StateJson.path(IDLE), StateJson.encode(state.next(1, state.isr(), 2)));
        cluster.start();
        cluster.pass(1);

        cluster.brokersKnowAll();
        cluster.lab.hold(IDLE, 0);
        cluster.pass(1);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(1));
    }

    @Test
    void afterAnEpochOfOursNobodyIsToldAgain() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.pass(1);
        cluster.restarts();

        assertThat(cluster.sent).noneMatch(LeaderAndIsrRequest.class::isInstance);
        cluster.brokersKnowAll();
    }

    /** The leader's data directory is lost: another one leads, and the replica is offline until its broker is restarted. */
    @ParameterizedTest
    @MethodSource("watchers")
    void aFailedLogDirectoryOfTheLeaderEndsInAnElection(Combination combination) {
        OutsiderCluster cluster = cluster(combination);
        cluster.start();
        cluster.failDisk(IDLE, 0);
        cluster.pass(2);
        LeaderAndIsr state = cluster.stored.state(IDLE).orElseThrow();
        assertThat(state.leader()).isEqualTo(1);
        assertThat(state.isr()).isEqualTo(Replicas.of(1));
        assertThat(cluster.warnings).singleElement().asString().contains("broker 0", "KAFKA_STORAGE_ERROR", "idle-0");
        assertThat(cluster.children("/log_dir_event_notification")).isEmpty();
        cluster.brokersKnow(Map.of(IDLE, Replicas.of(0)));

        cluster.lab.kill(0);
        cluster.pass(1);
        cluster.lab.start(0, Optional.empty());
        cluster.pass(1);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(1, 0));
        cluster.brokersKnowAll();
    }

    /** It is reported and told of no more: the move waits for it, and nothing is repeated without end. */
    @Test
    void aTargetWithAFailedLogDirectoryIsNotToldAgain() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        TopicPartition moves = new TopicPartition("moves", 0);
        cluster.failDisk(moves, 2);
        cluster.request("{\"moves\":{\"0\":[2,3]}}");
        cluster.pass(2);
        int told = cluster.sent.size();
        cluster.pass(30);
        assertThat(cluster.sent).hasSize(told);
        assertThat(cluster.warnings).singleElement().asString().contains("broker 2");

        cluster.lab.kill(2);
        cluster.pass(1);
        cluster.lab.start(2, Optional.empty());
        cluster.settles();
        assertThat(cluster.assigned(moves)).isEqualTo(Replicas.of(2, 3));
        cluster.brokersKnowAll();
    }

    /** Its deletion is owed until its broker is restarted, and the move is over. */
    @Test
    void aLeavingReplicaInAFailedLogDirectoryIsOwed() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        TopicPartition moves = new TopicPartition("moves", 0);
        cluster.failDisk(moves, 1);
        cluster.request("{\"moves\":{\"0\":[2,3]}}");
        cluster.pass(5);
        assertThat(cluster.assigned(moves)).isEqualTo(Replicas.of(2, 3));
        assertThat(cluster.stored.owed(1)).containsExactly(moves);
        assertThat(cluster.controller.idle()).isTrue();

        cluster.lab.kill(1);
        cluster.pass(1);
        cluster.lab.start(1, Optional.empty());
        cluster.settles();
        assertThat(cluster.stored.owed(1)).isEmpty();
    }

    /** Brokers do so after they have registered, and when a listener is added: no broker has died or restarted. */
    @Test
    void aRegistrationRewrittenInPlaceIsPassedOnAndNoDeath() {
        OutsiderCluster cluster = cluster(Combination.DEFAULT);
        cluster.start();
        cluster.pass(1);
        int told = cluster.sent.size();
        LeaderAndIsr before = cluster.stored.state(IDLE).orElseThrow();
        cluster.set(
                "/brokers/ids/0",
                "{\"version\":5,\"host\":null,\"port\":-1,\"endpoints\":[\"CLIENT://c-0:9092\",\"INTERNAL://i-0:9093\"],"
                        + "\"listener_security_protocol_map\":{\"CLIENT\":\"SASL_SSL\",\"INTERNAL\":\"PLAINTEXT\"}}");
        cluster.pass(1);

        cluster.brokersKnowAll();
        assertThat(cluster.stored.state(IDLE).orElseThrow()).isEqualTo(before);
        assertThat(cluster.sent.subList(told, cluster.sent.size()))
                .isNotEmpty()
                .allMatch(UpdateMetadataRequest.class::isInstance);
    }
}
