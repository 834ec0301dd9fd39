package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerReply;
import org.reassign.api.spi.BrokerRequest.LeaderAndIsrRequest;

/** A request that is not carried out is sent again, and the user hears why, once. */
class UnansweredRequestTest {
    private final OfficeCluster cluster = new OfficeCluster();
    /** What becomes of the first LeaderAndIsr, the second and so on; later ones reach their brokers. */
    private final Queue<CompletionStage<BrokerReply>> answers = new ArrayDeque<>();

    private void move() {
        cluster.gateway.instead = request ->
                request instanceof LeaderAndIsrRequest ? Optional.ofNullable(answers.poll()) : Optional.empty();
        cluster.process(1000);
        cluster.request("{\"t\":{\"0\":[1,2]}}");
        cluster.await(() -> !cluster.kafka.holds());
    }

    private void isDone() {
        cluster.await(cluster.kafka::holds);
        assertThat(cluster.read("/brokers/topics/t").orElseThrow()).contains("\"0\":[1,2]");
    }

    private List<String> warnings() {
        return cluster.said.stream()
                .filter(sentence -> sentence.contains("warning"))
                .toList();
    }

    @Test
    void aStageThatNeverCompletesIsGivenUp() {
        answers.add(new CompletableFuture<>());
        move();
        cluster.pass(50);
        assertThat(cluster.kafka.holds()).isFalse();
        assertThat(warnings()).isEmpty();
        cluster.pass(11);

        isDone();
        assertThat(warnings())
                .containsExactly(
                        "1000 warning: broker 0: LeaderAndIsr was not carried out: no answer within 60 s; it is"
                                + " sent again, look at the broker's log and its network");
    }

    @Test
    void theReasonOfTheGatewayIsReportedOnceForAllRetries() {
        for (int times = 0; times < 6; times++) {
            answers.add(CompletableFuture.failedFuture(new IOException("it closes the connection")));
        }
        move();

        isDone();
        assertThat(warnings())
                .hasSize(3)
                .allSatisfy(sentence ->
                        assertThat(sentence).contains("LeaderAndIsr was not carried out: it closes the connection"))
                .as("one of each broker")
                .doesNotHaveDuplicates();
    }

    @Test
    void anErrorThatTheProtocolDoesNotKnowIsReported() {
        answers.add(CompletableFuture.completedFuture(new BrokerReply(31, Map.of())));
        answers.add(CompletableFuture.completedFuture(new BrokerReply(0, Map.of(new TopicPartition("t", 0), 13))));
        move();

        isDone();
        assertThat(String.join("\n", warnings()))
                .contains("LeaderAndIsr was not carried out: it answered with Kafka's error 31;")
                .contains("LeaderAndIsr was not carried out: it answered with Kafka's error 13 for t-0;");
    }
}
