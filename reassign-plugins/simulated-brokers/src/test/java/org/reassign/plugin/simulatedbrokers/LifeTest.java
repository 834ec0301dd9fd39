package org.reassign.plugin.simulatedbrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.plugin.simulatedbrokers.Cluster.MEGABYTE;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;

class LifeTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @Test
    void a_broker_registers_as_kafka_does() {
        Cluster cluster = new Cluster();
        cluster.now(cluster.lab.start(3, Optional.of("r1")));

        assertThat(cluster.node("/brokers/ids/3").orElseThrow().stat().ephemeral())
                .isTrue();
        assertThat(cluster.node("/brokers/ids/3").orElseThrow().text())
                .isEqualTo("{\"version\":4,\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\"},"
                        + "\"endpoints\":[\"PLAINTEXT://broker-3:9092\"],\"jmx_port\":-1,\"host\":\"broker-3\","
                        + "\"port\":9092,\"timestamp\":\"0\",\"rack\":\"r1\"}");
    }

    @Test
    void a_killed_broker_takes_only_its_own_registration_with_it_and_keeps_its_disk() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", MEGABYTE, Replicas.of(1, 2));
        cluster.now(cluster.lab.kill(1));

        assertThat(cluster.children("/brokers/ids")).containsExactly("2");
        assertThat(cluster.bytes(1, T0)).isEqualTo(MEGABYTE);
    }

    @Test
    void a_request_to_a_broker_that_does_not_run_fails_after_50_ms() {
        Cluster cluster = Cluster.of(1);
        BrokerRequest request = new UpdateMetadataRequest(cluster.header(1), List.of(), List.of());
        cluster.now(cluster.lab.kill(1));
        CompletionStage<BrokerReply> reply = cluster.gateway.send(cluster.broker(1), request);

        cluster.pass(49);
        assertThat(reply.toCompletableFuture()).isNotDone();
        cluster.pass(1);
        assertThat(cluster.failure(reply))
                .isInstanceOf(IOException.class)
                .hasMessage("broker 1 does not answer: it is not running");
    }

    @Test
    void a_request_to_a_broker_that_is_starting_is_answered_once_it_is_registered() {
        Cluster cluster = new Cluster();
        CompletionStage<Void> started = cluster.lab.start(1, Optional.empty());
        CompletionStage<BrokerReply> reply = cluster.gateway.send(
                cluster.broker(1),
                new UpdateMetadataRequest(new BrokerRequest.Header(1000, 1, 0), List.of(), List.of()));

        cluster.now(started);
        assertThat(cluster.now(reply).error()).isEqualTo(BrokerReply.STALE_BROKER_EPOCH);
    }

    @Test
    void starting_what_runs_and_killing_what_does_not_is_refused() {
        Cluster cluster = Cluster.of(1);

        assertThat(cluster.failure(cluster.lab.start(1, Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broker 1 runs already; kill it first");
        assertThat(cluster.failure(cluster.lab.kill(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broker 2 does not run; start it first");
    }

    @Test
    void a_broker_started_again_has_a_higher_epoch() {
        Cluster cluster = Cluster.of(1);
        long before = cluster.broker(1).epoch();
        cluster.now(cluster.lab.kill(1));
        cluster.start(1);

        assertThat(cluster.broker(1).epoch()).isGreaterThan(before);
    }

    @Test
    void a_follower_whose_leader_died_waits_with_what_it_has() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1500);
        cluster.now(cluster.lab.kill(1));
        cluster.pass(60_000);
        assertThat(cluster.bytes(2, T0)).isEqualTo(75 * MEGABYTE);
        assertThat(cluster.lab.bytesCopied()).isEqualTo(75 * MEGABYTE);

        cluster.start(1);
        cluster.tell(T0, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(500);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
        assertThat(cluster.lab.bytesCopied()).isEqualTo(100 * MEGABYTE);
    }

    @Test
    void a_replica_that_is_deleted_while_it_is_copied_stays_deleted() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1000);
        cluster.stop(2, T0, 2);
        cluster.pass(60_000);

        assertThat(cluster.lab.disk(2)).isEmpty();
        assertThat(cluster.lab.bytesCopied()).isEqualTo(50 * MEGABYTE);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1));
    }

    @Test
    void a_follower_is_truncated_to_a_leader_that_has_less() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        cluster.pass(1000);
        cluster.bump(T0, 2, Replicas.of(2));
        cluster.tell(T0, Replicas.of(2, 1));
        cluster.time.settle();

        assertThat(cluster.bytes(1, T0)).isEqualTo(50 * MEGABYTE);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(2, 1));
    }

    @Test
    void a_broker_whose_session_expires_registers_anew_and_remembers() {
        Cluster cluster = Cluster.of(2);
        cluster.topic("t", 100 * MEGABYTE, Replicas.of(1));
        cluster.grow(T0, Replicas.of(2, 1));
        long before = cluster.broker(1).epoch();
        cluster.zooKeeper.expireAll("brokers");
        cluster.time.settle();
        assertThat(cluster.broker(1).epoch()).isGreaterThan(before);

        cluster.pass(2000);
        assertThat(cluster.isr(T0)).isEqualTo(Replicas.of(1, 2));
    }

    @Test
    void closing_the_gateway_ends_all_brokers() {
        Cluster cluster = Cluster.of(2);
        cluster.gateway.close();
        cluster.time.settle();

        assertThat(cluster.children("/brokers/ids")).isEmpty();
        assertThat(cluster.failure(cluster.lab.start(1, Optional.empty()))).isInstanceOf(IllegalStateException.class);
    }
}
