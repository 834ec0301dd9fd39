package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;

/** What bites whoever commands real brokers; the numbers are those of the measured list. */
class PitfallsTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @Test
    void pitfall_1_an_epoch_that_is_known_is_refused_with_11_and_ignored() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.grow(T0, Replicas.of(1, 2));
        PartitionState again = cluster.told(T0, Replicas.of(1, 2, 3));

        assertThat(cluster.leaderAndIsr(1, again).errorOf(T0)).isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
        cluster.metadata(3, 1, 2, 3);
        assertThat(cluster.leaderAndIsr(3, again).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        cluster.pass(10_000);
        assertThat(cluster.isr(T0)).as("the leader does not serve 3").isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_1_a_restarted_broker_accepts_the_epoch_it_knew() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(2));
        cluster.start(2);
        cluster.metadata(2, 1, 2);

        assertThat(cluster.leaderAndIsr(2, cluster.told(T0, Replicas.of(1, 2))).errorOf(T0))
                .isEqualTo(BrokerReply.NONE);
    }

    @Test
    void pitfall_2_a_leader_with_a_stale_version_answers_0_and_is_stuck_until_the_next_epoch() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        PartitionState right = cluster.told(T0, Replicas.of(1, 2));
        PartitionState stale = new PartitionState(
                T0,
                right.state(),
                right.zkVersion() - 1,
                right.replicas(),
                right.adding(),
                right.removing(),
                right.offline(),
                true);
        cluster.metadata(2, 1, 2);

        assertThat(cluster.leaderAndIsr(1, stale).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        cluster.leaderAndIsr(2, right);
        cluster.pass(60_000);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
        assertThat(cluster.children("/isr_change_notification")).isEmpty();

        cluster.grow(T0, Replicas.of(1, 2));
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_3_the_isr_grows_only_when_leader_and_follower_have_both_heard_of_the_epoch() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        PartitionState told = cluster.told(T0, Replicas.of(1, 2));
        cluster.metadata(2, 1, 2);
        cluster.leaderAndIsr(2, told);
        cluster.pass(60_000);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));

        cluster.leaderAndIsr(1, told);
        cluster.time.settle();
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_4_a_leader_told_of_replicas_without_it_answers_3_and_leads_on_until_it_is_stopped() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2));
        cluster.pass(500);
        cluster.bump(T0, 1, Replicas.of(1));

        assertThat(cluster.leaderAndIsr(1, cluster.told(T0, Replicas.of(2, 3))).errorOf(T0))
                .isEqualTo(BrokerReply.NOT_A_REPLICA);
        cluster.pass(500);
        assertThat(cluster.bytes(2, T0)).as("1 serves 2 still").isEqualTo(50 * MEGABYTE);

        assertThat(cluster.stop(1, T0, 3).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        cluster.pass(500);
        assertThat(cluster.bytes(2, T0)).isEqualTo(50 * MEGABYTE);
    }

    /** What Kafka 1.1.1 and 2.8.2 do; the broker that has no replica has a failed one from then on. */
    @Test
    void a_broker_without_the_replica_that_is_told_of_replicas_without_it_answers_56_until_it_is_restarted() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        cluster.metadata(2, 1, 2);
        assertThat(cluster.leaderAndIsr(2, cluster.told(T0, Replicas.of(1))).errorOf(T0))
                .isEqualTo(BrokerReply.NOT_A_REPLICA);
        cluster.bump(T0, 1, Replicas.of(1));

        assertThat(cluster.leaderAndIsr(2, cluster.told(T0, Replicas.of(1, 2))).errorOf(T0))
                .isEqualTo(BrokerReply.STORAGE_ERROR);
        assertThat(cluster.stop(2, T0, 9).errorOf(T0)).isEqualTo(BrokerReply.STORAGE_ERROR);

        cluster.now(cluster.lab.kill(2));
        cluster.now(cluster.lab.start(2, Optional.empty()));
        cluster.metadata(2, 1, 2);
        assertThat(cluster.leaderAndIsr(2, cluster.told(T0, Replicas.of(1, 2))).errorOf(T0))
                .isEqualTo(BrokerReply.NONE);
    }

    @Test
    void pitfall_5_stop_replica_is_obeyed_by_the_leader_and_refused_only_below_the_known_epoch() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2));
        cluster.grow(T0, Replicas.of(1, 2));

        assertThat(cluster.stop(1, T0, 0).errorOf(T0)).isEqualTo(BrokerReply.FENCED_LEADER_EPOCH);
        assertThat(cluster.bytes(1, T0)).isEqualTo(MEGABYTE);
        assertThat(cluster.stop(1, T0, 1).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        assertThat(cluster.lab.disk(1)).isEmpty();
        assertThat(cluster.stop(1, T0, 1).errorOf(T0)).as("a repeat").isEqualTo(BrokerReply.NONE);
        assertThat(cluster.stop(2, new TopicPartition("absent", 7), 0).errors()).isEmpty();
    }

    @Test
    void pitfall_6_a_dead_follower_stays_in_the_isr() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(2));
        cluster.pass(600_000);

        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_7_a_follower_refuses_a_leader_it_does_not_know_to_live_but_answers_0_and_is_mended_by_a_repeat() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        PartitionState told = cluster.told(T0, Replicas.of(1, 2));
        cluster.leaderAndIsr(1, told);

        assertThat(cluster.leaderAndIsr(2, told).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        cluster.pass(60_000);
        cluster.metadata(2, 1, 2);
        cluster.pass(60_000);
        assertThat(cluster.isr(T0)).as("metadata alone does not mend it").isEqualTo(Replicas.of(1));

        assertThat(cluster.leaderAndIsr(2, told).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        cluster.time.settle();
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_8_a_leader_writes_state_under_the_controllers_hands() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.bump(T0, 1, Replicas.of(1));
        int version = cluster.told(T0, Replicas.of(1)).zkVersion();
        cluster.tell(T0, Replicas.of(1, 2));
        cluster.time.settle();

        Throwable failure =
                cluster.failure(cluster.zk.commit(List.of(ZkWrite.setData(TopicZnodes.statePath(T0), "{}", version))));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ZkException.class, zk -> assertThat(zk.code()).isEqualTo(ZkException.Code.BAD_VERSION));
    }

    @Test
    void pitfall_10_a_restarted_broker_idles_until_it_is_told_and_refuses_its_old_broker_epoch() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2));
        cluster.pass(1000);
        Header before = cluster.header(2);
        cluster.now(cluster.lab.kill(2));
        cluster.start(2);
        cluster.pass(60_000);
        assertThat(cluster.bytes(2, T0)).isEqualTo(50 * MEGABYTE);
        assertThat(cluster.send(2, new UpdateMetadataRequest(before, List.of(), List.of()))
                        .error())
                .isEqualTo(BrokerReply.STALE_BROKER_EPOCH);

        cluster.grow(T0, Replicas.of(1, 2));
        cluster.pass(1000);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void pitfall_11_nobody_but_the_controller_deletes_notifications() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2));
        cluster.pass(600_000);

        assertThat(cluster.children("/isr_change_notification")).containsExactly("isr_change_0000000000");
    }

    @Test
    void a_controller_epoch_below_the_known_one_is_refused_as_a_whole() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.controllerEpoch = 5;
        cluster.metadata(1, 1, 2);
        cluster.controllerEpoch = 4;
        cluster.bump(T0, 1, Replicas.of(1));

        BrokerReply reply = cluster.leaderAndIsr(1, cluster.told(T0, Replicas.of(1, 2)));
        assertThat(reply.error()).isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
        cluster.controllerEpoch = 5;
        assertThat(cluster.leaderAndIsr(1, cluster.told(T0, Replicas.of(1, 2))).errorOf(T0))
                .as("nothing of it was carried out")
                .isEqualTo(BrokerReply.NONE);
    }

    @Test
    void a_broker_forgets_the_epoch_with_the_replica_so_a_late_leader_and_isr_brings_it_back() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2));
        cluster.grow(T0, Replicas.of(1, 2));
        PartitionState late = cluster.told(T0, Replicas.of(1, 2));
        assertThat(cluster.stop(2, T0, 9).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        assertThat(cluster.lab.disk(2)).isEmpty();

        assertThat(cluster.leaderAndIsr(2, late).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        assertThat(cluster.lab.disk(2)).containsKey(T0);
        assertThat(cluster.stop(2, T0, 9).errorOf(T0))
                .as("so StopReplica is repeated after whatever may come late")
                .isEqualTo(BrokerReply.NONE);
        assertThat(cluster.lab.disk(2)).isEmpty();
    }

    @Test
    void a_stop_that_does_not_delete_keeps_the_epoch_and_the_data() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2));
        cluster.grow(T0, Replicas.of(1, 2));
        PartitionState late = cluster.told(T0, Replicas.of(1, 2));
        StopReplicaRequest stop = new StopReplicaRequest(cluster.header(2), List.of(new StopPartition(T0, 9, false)));

        assertThat(cluster.send(2, stop).errorOf(T0)).isEqualTo(BrokerReply.NONE);
        assertThat(cluster.leaderAndIsr(2, late).errorOf(T0)).isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
        assertThat(cluster.bytes(2, T0)).isEqualTo(MEGABYTE);
    }

    @Test
    void the_broker_epoch_is_looked_at_before_the_controller_epoch() {
        Cluster cluster = Cluster.of(1);
        cluster.controllerEpoch = 5;
        cluster.metadata(1, 1);
        Header staleTwice = new Header(1000, 4, cluster.broker(1).epoch() - 1);

        assertThat(cluster.send(1, new UpdateMetadataRequest(staleTwice, List.of(), List.of()))
                        .error())
                .isEqualTo(BrokerReply.STALE_BROKER_EPOCH);
    }
}
