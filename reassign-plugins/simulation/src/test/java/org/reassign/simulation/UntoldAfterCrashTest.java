package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;
import org.reassign.api.zk.ZkWrite;

/**
 * A controller that has announced all, then learns what brokers must be told, and ends before it has told them: its
 * successor tells them.
 */
class UntoldAfterCrashTest {
    private static final TopicPartition IDLE = new TopicPartition("idle", 0);
    private static final String EVENTS = "/log_dir_event_notification";

    private OutsiderCluster cluster;

    @BeforeEach
    void allIsAnnounced() {
        cluster = new OutsiderCluster(Combination.DEFAULT.plugins(), Combination.DEFAULT.mode(), Office.TAKE_OVER);
        cluster.topic("idle", Map.of(0, Replicas.of(0, 1, 2)));
        cluster.start();
        cluster.pass(1);
        assertThat(announcedUpTo()).isPositive();
    }

    @Test
    void theRootOfFailedDirectoriesWasMadeAgain() {
        cluster.after(creates(EVENTS), () -> cluster.controller.kill());
        cluster.lab.failDisk(IDLE, 0);
        losesEvents();
        cluster.pass(2);
        assertThat(cluster.acted()).isTrue();
        cluster.start();

        replicaOfBroker0IsOffline();
    }

    /** The root is there again when the successor of the successor starts. */
    @Test
    void theRootWasMadeAgainByASuccessorThatEndsToo() {
        cluster.controller.kill();
        cluster.lab.failDisk(IDLE, 0);
        losesEvents();
        cluster.after(creates(EVENTS), () -> cluster.controller.kill());
        cluster.campaigns();
        cluster.pass(2);
        assertThat(cluster.acted()).isTrue();
        cluster.start();

        replicaOfBroker0IsOffline();
    }

    @Test
    void theNotificationOfAFailedDirectoryWasDeleted() {
        endsAfter(writes -> writes.stream()
                .anyMatch(
                        write -> write instanceof ZkWrite.Delete && write.path().startsWith(EVENTS + "/")));
    }

    @Test
    void anotherLeaderWasWritten() {
        endsAfter(writes -> OutsiderCluster.state(writes, IDLE).isPresent());
    }

    private void endsAfter(Predicate<List<ZkWrite>> commit) {
        cluster.after(commit, () -> cluster.controller.kill());
        cluster.failDisk(IDLE, 0);
        cluster.pass(2);
        assertThat(cluster.acted()).isTrue();
        cluster.start();

        replicaOfBroker0IsOffline();
    }

    /** A directory stays failed: each controller must find out. */
    @Test
    void aReplicaIsOfflineWhenAControllerBegins() {
        cluster.failDisk(IDLE, 0);
        cluster.pass(2);
        cluster.restarts();

        replicaOfBroker0IsOffline();
        assertThat(announcedUpTo()).isZero();
    }

    /** Once it is repaired, a successor need not tell all again. */
    @Test
    void allIsAnnouncedAgainOnceTheBrokerIsRestarted() {
        cluster.failDisk(IDLE, 0);
        cluster.pass(2);
        assertThat(announcedUpTo()).isZero();
        cluster.lab.kill(0);
        cluster.pass(1);
        cluster.lab.start(0, Optional.empty());
        cluster.pass(5);
        assertThat(announcedUpTo()).isPositive();
        cluster.topic("other", Map.of(0, Replicas.of(2, 3)));
        cluster.restarts();

        assertThat(cluster.sent)
                .filteredOn(LeaderAndIsrRequest.class::isInstance)
                .flatExtracting(request -> ((LeaderAndIsrRequest) request).partitions())
                .extracting(one -> one.partition().topic())
                .containsOnly("idle"); // the broker has registered since
        cluster.brokersKnowAll();
    }

    private void replicaOfBroker0IsOffline() {
        cluster.pass(5);
        LeaderAndIsr state = cluster.stored.state(IDLE).orElseThrow();
        assertThat(state.leader()).isEqualTo(1);
        assertThat(state.isr()).isEqualTo(Replicas.of(1, 2));
        cluster.brokersKnow(Map.of(IDLE, Replicas.of(0)));
        cluster.lab.hold(IDLE, 2); // a leader that knows that it leads takes it out of the ISR
        cluster.pass(2);
        assertThat(cluster.stored.state(IDLE).orElseThrow().isr()).isEqualTo(Replicas.of(1));
    }

    private void losesEvents() {
        cluster.awaitChild(EVENTS);
        cluster.children(EVENTS)
                .forEach(child -> cluster.commit(ZkWrite.delete(EVENTS + "/" + child, ZkWrite.ANY_VERSION)));
        cluster.commit(ZkWrite.delete(EVENTS, ZkWrite.ANY_VERSION));
    }

    private static Predicate<List<ZkWrite>> creates(String path) {
        return writes -> writes.stream()
                .anyMatch(
                        write -> write instanceof ZkWrite.Create && write.path().equals(path));
    }

    private long announcedUpTo() {
        String text = cluster.node("/reassign/active").text();
        return Long.parseLong(text.replaceAll(".*\"announcedUpTo\":(\\d+).*", "$1"));
    }
}
