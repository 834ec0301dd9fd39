package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Office;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest.Header;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.StopReplicaRequest;
import org.reassign.api.zk.ZkStat;

/**
 * What every {@link BrokerGateway} has to keep: requests are answered or fail, and the brokers behind it obey epochs as
 * Kafka's do at inter-broker protocol 2.6.
 */
public interface BrokerGatewayContract {
    /** The gateway, made as the host would make it. */
    BrokerGateway gateway();

    /** A new, empty cluster; asked once per test. */
    GatewayFixture fixture();

    /** How the controller behind the gateway becomes the one that {@code /controller} names. */
    default Office office() {
        return Office.CONTEND;
    }

    /** Whether {@code check} asks the brokers, so that one which does not run cannot be commanded; else none ever cannot. */
    default boolean asksBrokers() {
        return true;
    }

    /** Brokers 1 to 3, and {@code orders-0} on 1 and 2, told to both. */
    private CommandedCluster cluster() {
        CommandedCluster cluster = new CommandedCluster(fixture(), gateway());
        cluster.start(1, 2, 3);
        cluster.grow(cluster.topic("orders", 1_000, 1, 2), 1, 2);
        return cluster;
    }

    private static TopicPartition orders() {
        return new TopicPartition("orders", 0);
    }

    @Test
    default void nothing_stands_in_the_way_of_brokers_that_it_can_command() {
        try (CommandedCluster cluster = cluster()) {
            List<Broker> all = List.of(cluster.broker(1), cluster.broker(2), cluster.broker(3));
            assertThat(cluster.result(cluster.gateway().check(all))).isEmpty();
            assertThat(cluster.result(cluster.gateway().check(List.of()))).isEmpty();
        }
    }

    @Test
    default void asking_about_a_broker_that_does_not_run_never_hangs_and_names_it() {
        try (CommandedCluster cluster = cluster()) {
            Broker two = cluster.broker(2);
            cluster.result(cluster.lab().kill(2));
            Optional<String> obstacle = cluster.result(cluster.gateway()
                    .check(List.of(two))
                    .handle((reason, failure) -> failure == null ? reason : Optional.of(failure.toString())));
            assertThat(obstacle.isPresent()).isEqualTo(asksBrokers());
            obstacle.ifPresent(sentence -> assertThat(sentence).contains("broker 2"));
        }
    }

    @Test
    default void the_office_is_won_as_declared_whatever_brokers_run() {
        try (CommandedCluster cluster = cluster()) {
            assertThat(cluster.gateway().office()).isEqualTo(office());
            cluster.result(cluster.lab().kill(2));
            assertThat(cluster.gateway().office()).isEqualTo(office());
        }
    }

    @Test
    default void a_broker_registers_ephemerally_and_the_czxid_is_its_epoch() {
        try (CommandedCluster cluster = cluster()) {
            ZkStat registered = cluster.node("/brokers/ids/1").orElseThrow().stat();
            assertThat(registered.ephemeral()).isTrue();
            Header right = cluster.header(1);
            Header older = new Header(right.controllerId(), right.controllerEpoch(), registered.czxid() - 1);
            assertThat(right.brokerEpoch()).isEqualTo(registered.czxid());
            assertThat(cluster.send(1, cluster.metadata(older)).error()).isEqualTo(BrokerReply.STALE_BROKER_EPOCH);
            assertThat(cluster.send(1, cluster.metadata(right)).error()).isEqualTo(BrokerReply.NONE);
        }
    }

    @Test
    default void a_broker_that_has_registered_anew_refuses_its_old_epoch_and_does_nothing() {
        try (CommandedCluster cluster = cluster()) {
            Header before = cluster.header(2);
            cluster.result(cluster.lab().kill(2));
            cluster.start(2);
            assertThat(cluster.header(2).brokerEpoch()).isGreaterThan(before.brokerEpoch());
            BrokerReply reply = cluster.send(2, cluster.stop(before, orders(), 1_000));
            assertThat(reply.error()).isEqualTo(BrokerReply.STALE_BROKER_EPOCH);
            assertThat(reply.errorOf(orders())).isEqualTo(BrokerReply.STALE_BROKER_EPOCH);
            cluster.grow(orders(), 1, 2);
        }
    }

    @Test
    default void a_request_to_a_broker_that_does_not_run_fails_and_never_hangs() {
        try (CommandedCluster cluster = cluster()) {
            Broker two = cluster.broker(2);
            Header header = cluster.header(2);
            cluster.result(cluster.lab().kill(2));
            cluster.failure(cluster.gateway().send(two, cluster.metadata(header)));
            cluster.failure(cluster.gateway().send(cluster.broker(9), cluster.metadata(header)));
        }
    }

    @Test
    default void a_request_to_a_closed_gateway_fails_and_never_hangs() {
        try (CommandedCluster cluster = cluster()) {
            Broker one = cluster.broker(1);
            Header header = cluster.header(1);
            cluster.gateway().close();
            cluster.failure(cluster.gateway().send(one, cluster.metadata(header)));
        }
    }

    @Test
    default void metadata_may_be_repeated() {
        try (CommandedCluster cluster = cluster()) {
            assertThat(cluster.send(1, cluster.metadata(cluster.header(1)))).isEqualTo(none());
            assertThat(cluster.send(1, cluster.metadata(cluster.header(1)))).isEqualTo(none());
        }
    }

    private static BrokerReply none() {
        return new BrokerReply(BrokerReply.NONE, Map.of());
    }

    @Test
    default void a_controller_epoch_below_the_known_one_is_refused_as_a_whole_and_nothing_is_done() {
        try (CommandedCluster cluster = cluster()) {
            assertThat(cluster.send(1, cluster.metadata(cluster.header(1, 1)))).isEqualTo(none());
            cluster.raise(orders());
            PartitionState told = cluster.told(orders(), 1, 2);
            assertThat(cluster.send(1, cluster.leaderAndIsr(cluster.header(1), told))
                            .error())
                    .isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
            assertThat(cluster.send(1, cluster.stop(cluster.header(1), orders(), 1_000))
                            .error())
                    .isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
            assertThat(cluster.send(1, cluster.metadata(cluster.header(1))).error())
                    .isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH);
            assertThat(cluster.send(1, cluster.leaderAndIsr(cluster.header(1, 1), told))
                            .errorOf(orders()))
                    .as("the epoch is new to it still")
                    .isEqualTo(BrokerReply.NONE);
        }
    }

    @Test
    default void a_leader_epoch_that_is_known_or_older_is_ignored_with_11() {
        try (CommandedCluster cluster = cluster()) {
            PartitionState older = cluster.told(orders(), 1, 2);
            cluster.grow(orders(), 1, 2);
            PartitionState known = cluster.told(orders(), 1, 2, 3);
            for (PartitionState told : List.of(older, known)) {
                assertThat(cluster.send(1, cluster.leaderAndIsr(cluster.header(1), told)))
                        .satisfies(reply -> assertThat(reply.error()).isEqualTo(BrokerReply.NONE))
                        .satisfies(reply ->
                                assertThat(reply.errorOf(orders())).isEqualTo(BrokerReply.STALE_CONTROLLER_EPOCH));
            }
        }
    }

    @Test
    default void a_restarted_broker_accepts_the_leader_epoch_that_it_knew() {
        try (CommandedCluster cluster = cluster()) {
            cluster.result(cluster.lab().kill(2));
            cluster.start(2);
            assertThat(cluster.send(2, cluster.metadata(cluster.header(2)))).isEqualTo(none());
            assertThat(cluster.send(2, cluster.leaderAndIsr(cluster.header(2), cluster.told(orders(), 1, 2))))
                    .isEqualTo(none());
        }
    }

    @Test
    default void a_broker_outside_the_replicas_answers_3_and_the_other_partitions_are_done() {
        try (CommandedCluster cluster = cluster()) {
            TopicPartition other = cluster.topic("other", 1_000, 1, 2);
            cluster.raise(orders());
            cluster.raise(other);
            BrokerReply reply = cluster.send(
                    2,
                    cluster.leaderAndIsr(cluster.header(2), cluster.told(orders(), 1, 3), cluster.told(other, 1, 2)));
            assertThat(reply.error()).isEqualTo(BrokerReply.NONE);
            assertThat(reply.errorOf(orders())).isEqualTo(BrokerReply.NOT_A_REPLICA);
            assertThat(reply.errorOf(other)).isEqualTo(BrokerReply.NONE);
        }
    }

    @Test
    default void a_leader_lets_a_new_follower_into_the_isr_in_state_and_notifies() {
        try (CommandedCluster cluster = cluster()) {
            cluster.grow(orders(), 1, 2, 3);
            cluster.awaitIsr(orders(), 1, 2, 3);
            assertThat(cluster.state(orders()).leader()).isEqualTo(1);
            cluster.eventually(
                    "a notification",
                    () -> cluster.children("/isr_change_notification").stream()
                            .anyMatch(name -> cluster.node("/isr_change_notification/" + name)
                                    .orElseThrow()
                                    .text()
                                    .contains("\"orders\"")));
        }
    }

    @Test
    default void a_leader_that_was_told_a_stale_version_of_state_answers_0_and_is_mended_by_the_next_epoch() {
        try (CommandedCluster cluster = cluster()) {
            cluster.raise(orders());
            PartitionState right = cluster.told(orders(), 1, 2, 3);
            PartitionState stale = new PartitionState(
                    orders(),
                    right.state(),
                    right.zkVersion() - 1,
                    right.replicas(),
                    right.adding(),
                    right.removing(),
                    right.offline(),
                    right.isNew());
            cluster.send(3, cluster.metadata(cluster.header(3)));
            assertThat(cluster.send(1, cluster.leaderAndIsr(cluster.header(1), stale)))
                    .isEqualTo(none());
            assertThat(cluster.send(3, cluster.leaderAndIsr(cluster.header(3), right)))
                    .isEqualTo(none());
            cluster.grow(orders(), 1, 2, 3);
            cluster.awaitIsr(orders(), 1, 2, 3);
        }
    }

    @Test
    default void stop_replica_below_the_known_epoch_is_fenced_with_74_and_above_it_done() {
        try (CommandedCluster cluster = cluster()) {
            int epoch = cluster.state(orders()).leaderEpoch();
            assertThat(cluster.send(2, cluster.stop(cluster.header(2), orders(), epoch - 1))
                            .errorOf(orders()))
                    .isEqualTo(BrokerReply.FENCED_LEADER_EPOCH);
            assertThat(cluster.send(2, cluster.stop(cluster.header(2), orders(), epoch + 1))
                            .errorOf(orders()))
                    .isEqualTo(BrokerReply.NONE);
        }
    }

    @Test
    default void stop_replica_may_be_repeated_and_may_name_what_is_not_there() {
        try (CommandedCluster cluster = cluster()) {
            int epoch = cluster.state(orders()).leaderEpoch() + 1;
            StopReplicaRequest stop = new StopReplicaRequest(
                    cluster.header(2),
                    List.of(
                            new StopPartition(orders(), epoch, true),
                            new StopPartition(new TopicPartition("absent", 7), 0, true)));
            assertThat(cluster.send(2, stop)).isEqualTo(none());
            assertThat(cluster.send(2, stop)).isEqualTo(none());
        }
    }
}
