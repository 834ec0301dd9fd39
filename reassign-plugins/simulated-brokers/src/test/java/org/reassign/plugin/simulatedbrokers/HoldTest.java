package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

class HoldTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @Test
    void a_follower_that_is_held_leaves_the_isr_and_comes_back_when_it_is_released() {
        Cluster cluster = Cluster.of(3);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2, 3));
        cluster.now(cluster.lab.hold(T0, 2));
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 3));

        cluster.now(cluster.lab.release(T0, 2));
        cluster.time.settle();
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 3, 2));
        assertThat(cluster.lab.bytesCopied()).isZero();
    }

    @Test
    void a_follower_that_is_held_while_it_copies_stands_still_until_all_are_released() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1000);
        cluster.now(cluster.lab.hold(T0, 2));
        cluster.pass(60_000);
        assertThat(cluster.bytes(2, T0)).isEqualTo(50 * MEGABYTE);

        cluster.now(cluster.lab.releaseAll());
        cluster.pass(999);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
        cluster.pass(1);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void a_broker_can_be_held_before_it_is_a_replica() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1));
        cluster.now(cluster.lab.hold(T0, 2));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(60_000);

        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
    }

    @Test
    void a_dead_follower_that_is_held_leaves_the_isr() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(2));
        cluster.now(cluster.lab.hold(T0, 2));

        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
    }

    @Test
    void the_leader_cannot_be_held_nor_what_does_not_exist() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1, 2));

        assertThat(cluster.failure(cluster.lab.hold(T0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broker 1 leads t-0; only a follower can be held");
        assertThat(cluster.failure(cluster.lab.hold(new TopicPartition("u", 0), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no partition u-0");
    }

    @Test
    void a_hold_waits_for_state_and_fails_when_it_is_released_before() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 0, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(1));
        CompletionStage<Void> held = cluster.lab.hold(T0, 2);
        cluster.pass(60_000);
        assertThat(held.toCompletableFuture())
                .as("nobody leads who could write")
                .isNotDone();

        cluster.now(cluster.lab.release(T0, 2));
        assertThat(cluster.failure(held)).isInstanceOf(IllegalStateException.class);
    }
}
