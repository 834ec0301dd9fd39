package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reassign.testkit.CommandedCluster.one;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.Lab;

/** What every {@link Lab} has to keep, for gateways that have one. */
public interface LabContract {
    /** The gateway, made as the host would make it. */
    BrokerGateway gateway();

    /** A new, empty cluster; asked once per test. */
    GatewayFixture fixture();

    /** Brokers 1 to 3, which copy 1000 bytes in a second. */
    private CommandedCluster cluster() {
        CommandedCluster cluster = new CommandedCluster(fixture(), gateway());
        assertThat(cluster.gateway()).as("a gateway with a lab").isInstanceOf(BrokerGateway.LabGateway.class);
        cluster.lab().replication(1_000, Duration.ofMillis(10));
        cluster.start(1, 2, 3);
        return cluster;
    }

    private static void assertRefused(CommandedCluster cluster, CompletionStage<Void> stage, String named) {
        assertThat(cluster.failure(stage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("\n");
    }

    @Test
    default void a_topic_is_made_as_if_it_had_been_there_long() {
        try (CommandedCluster cluster = cluster()) {
            TreeMap<Integer, Replicas> assigned = new TreeMap<>();
            assigned.put(0, Replicas.of(2, 1));
            assigned.put(7, Replicas.of(3));
            cluster.result(cluster.lab().createTopic("orders", assigned, 5_000, 2));
            assertThat(cluster.node("/brokers/topics/orders").orElseThrow().text())
                    .contains("\"0\":[2,1]")
                    .contains("\"7\":[3]");
            assertThat(cluster.node("/config/topics/orders").orElseThrow().text())
                    .contains("\"min.insync.replicas\":\"2\"");
            LeaderAndIsr state = cluster.state(new TopicPartition("orders", 0));
            assertThat(state.leader()).isEqualTo(2);
            assertThat(state.isr()).isEqualTo(Replicas.of(2, 1));
            assertThat(cluster.lab().disk(1)).containsOnly(Map.entry(new TopicPartition("orders", 0), 5_000L));
            assertThat(cluster.lab().disk(3)).containsOnly(Map.entry(new TopicPartition("orders", 7), 5_000L));
            assertThat(cluster.lab().bytesCopied()).isZero();
        }
    }

    @Test
    default void a_topic_that_exists_or_needs_a_broker_that_does_not_run_is_refused() {
        try (CommandedCluster cluster = cluster()) {
            cluster.topic("orders", 0, 1);
            assertRefused(cluster, cluster.lab().createTopic("orders", one(1), 0, 1), "orders");
            assertRefused(cluster, cluster.lab().createTopic("other", one(1, 9), 0, 1), "9");
            assertThat(cluster.children("/brokers/topics")).containsExactly("orders");
        }
    }

    @Test
    default void a_topic_that_is_deleted_leaves_nothing_and_one_that_is_not_there_is_refused() {
        try (CommandedCluster cluster = cluster()) {
            cluster.topic("orders", 1_000, 1, 2);
            cluster.result(cluster.lab().deleteTopic("orders"));
            assertThat(cluster.node("/brokers/topics/orders")).isEmpty();
            assertThat(cluster.node("/config/topics/orders")).isEmpty();
            assertThat(cluster.lab().disk(1)).isEmpty();
            assertRefused(cluster, cluster.lab().deleteTopic("orders"), "orders");
        }
    }

    @Test
    default void a_broker_that_is_killed_is_registered_no_more_and_keeps_its_data() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 1_000, 1, 2);
            cluster.result(cluster.lab().kill(2));
            assertThat(cluster.children("/brokers/ids")).containsExactly("1", "3");
            assertThat(cluster.lab().disk(2)).containsEntry(orders, 1_000L);
            cluster.result(cluster.lab().start(2, Optional.of("rack-1")));
            assertThat(cluster.node("/brokers/ids/2").orElseThrow().text()).contains("\"rack-1\"");
            assertThat(cluster.lab().disk(2)).containsEntry(orders, 1_000L);
        }
    }

    @Test
    default void a_broker_started_again_is_without_its_memory() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 1_000, 1, 2);
            cluster.grow(orders, 1, 2);
            cluster.result(cluster.lab().kill(2));
            cluster.start(2);
            cluster.send(2, cluster.metadata(cluster.header(2)));
            assertThat(cluster.send(2, cluster.leaderAndIsr(cluster.header(2), cluster.told(orders, 1, 2)))
                            .errorOf(orders))
                    .isEqualTo(BrokerReply.NONE);
        }
    }

    @Test
    default void starting_what_runs_and_killing_what_does_not_is_refused() {
        try (CommandedCluster cluster = cluster()) {
            assertRefused(cluster, cluster.lab().start(1, Optional.empty()), "1");
            assertRefused(cluster, cluster.lab().kill(9), "9");
        }
    }

    @Test
    default void a_held_follower_is_out_of_the_isr_until_it_is_released() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 1_000, 1, 2, 3);
            cluster.grow(orders, 1, 2, 3);
            cluster.result(cluster.lab().hold(orders, 2));
            assertThat(cluster.state(orders).isr().sameBrokers(Replicas.of(1, 3)))
                    .isTrue();
            cluster.result(cluster.lab().hold(orders, 3));
            cluster.result(cluster.lab().release(orders, 2));
            cluster.awaitIsr(orders, 1, 2);
            cluster.result(cluster.lab().releaseAll());
            cluster.awaitIsr(orders, 1, 2, 3);
            assertThat(cluster.lab().bytesCopied()).isZero();
        }
    }

    @Test
    default void a_replica_that_is_held_before_it_copies_does_not_enter_the_isr_until_it_is_released() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 1_000, 1);
            cluster.result(cluster.lab().hold(orders, 2));
            cluster.grow(orders, 1, 2, 3);
            cluster.awaitIsr(orders, 1, 3);
            cluster.pass(Duration.ofMinutes(1));
            assertThat(cluster.state(orders).isr().contains(2)).isFalse();
            cluster.result(cluster.lab().release(orders, 2));
            cluster.awaitIsr(orders, 1, 2, 3);
        }
    }

    @Test
    default void holding_the_leader_or_what_does_not_exist_is_refused() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 0, 1, 2);
            assertRefused(cluster, cluster.lab().hold(orders, 1), "orders-0");
            assertRefused(cluster, cluster.lab().hold(new TopicPartition("absent", 3), 1), "absent-3");
        }
    }

    @Test
    default void releasing_what_is_not_held_does_no_harm() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 0, 1, 2);
            cluster.result(cluster.lab().release(orders, 2));
            cluster.result(cluster.lab().releaseAll());
            assertThat(cluster.state(orders).isr()).isEqualTo(Replicas.of(1, 2));
        }
    }

    @Test
    default void what_is_copied_is_counted_and_on_disk_and_what_is_stopped_is_gone() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 3_000, 1);
            cluster.grow(orders, 1, 2);
            cluster.awaitIsr(orders, 1, 2);
            assertThat(cluster.lab().bytesCopied()).isEqualTo(3_000);
            assertThat(cluster.lab().disk(2)).containsEntry(orders, 3_000L);
            int epoch = cluster.state(orders).leaderEpoch();
            assertThat(cluster.send(2, cluster.stop(cluster.header(2), orders, epoch + 1))
                            .errorOf(orders))
                    .isEqualTo(BrokerReply.NONE);
            assertThat(cluster.lab().disk(2)).isEmpty();
            assertThat(cluster.lab().disk(1)).containsEntry(orders, 3_000L);
        }
    }

    @Test
    default void a_fenced_stop_deletes_nothing() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition orders = cluster.topic("orders", 3_000, 1, 2);
            cluster.grow(orders, 1, 2);
            cluster.send(2, cluster.stop(cluster.header(2), orders, 0));
            assertThat(cluster.lab().disk(2)).containsEntry(orders, 3_000L);
        }
    }

    @Test
    default void the_disk_of_a_broker_that_never_ran_is_empty() {
        try (CommandedCluster cluster = cluster()) {
            assertThat(cluster.lab().disk(99)).isEmpty();
        }
    }

    @Test
    default void neither_bandwidth_nor_linger_may_be_negative() {
        try (CommandedCluster cluster = cluster()) {
            assertThatThrownBy(() -> cluster.lab().replication(-1, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cluster.lab().replication(1, Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void closing_the_gateway_ends_all_brokers_and_later_calls_fail() {
        try (CommandedCluster cluster = cluster()) {
            cluster.gateway().close();
            cluster.eventually(
                    "no broker is registered",
                    () -> cluster.children("/brokers/ids").isEmpty());
            cluster.failure(cluster.lab().start(1, Optional.empty()));
            cluster.failure(cluster.lab().kill(2));
        }
    }
}
