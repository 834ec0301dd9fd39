package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

class BandwidthTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    @Test
    void one_copy_has_the_whole_bandwidth() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));

        cluster.pass(1999);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
        assertThat(cluster.bytes(2, T0)).isEqualTo(99_950_000);
        assertThat(cluster.lab.bytesCopied()).isEqualTo(99_950_000);

        cluster.pass(1);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
        assertThat(cluster.bytes(2, T0)).isEqualTo(100 * MEGABYTE);
        assertThat(cluster.lab.bytesCopied()).isEqualTo(100 * MEGABYTE);
    }

    @Test
    void two_followers_share_what_their_leader_sends() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(1, 2, 3));

        cluster.pass(3999);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
        cluster.pass(1);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2, 3));
    }

    @Test
    void one_follower_shares_what_it_receives_and_a_finished_copy_frees_its_share() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1), Replicas.of(2));
        cluster.grow(T0, Replicas.of(3, 1));
        cluster.pass(1000);
        cluster.grow(T1, Replicas.of(3, 2));

        // 50 MB are there; the other 50 take 2 s at half speed, while T1 gets 50; then T1 has all for 1 s.
        cluster.pass(1999);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
        cluster.pass(1);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 3));
        assertThat(cluster.bytes(3, T1)).isEqualTo(50 * MEGABYTE);
        cluster.pass(999);
        assertThat(cluster.isr(T1)).isEqualTo(Replicas.of(2));
        cluster.pass(1);
        assertThat(cluster.isr(T1)).isEqualTo(Replicas.of(2, 3));
    }

    @Test
    void another_bandwidth_holds_for_what_is_copied_from_then_on() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1000);
        cluster.lab.replication(10 * MEGABYTE, Duration.ZERO);

        cluster.pass(4999);
        assertThat(cluster.bytes(2, T0)).isEqualTo(99_990_000);
        cluster.pass(1);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void an_empty_partition_is_in_sync_without_time_passing() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));

        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
        assertThat(cluster.lab.bytesCopied()).isZero();
    }

    @Test
    void a_broker_without_bandwidth_copies_nothing() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1));
        cluster.lab.replication(0, Duration.ZERO);
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1_000_000);

        assertThat(cluster.bytes(2, T0)).isZero();
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
    }
}
