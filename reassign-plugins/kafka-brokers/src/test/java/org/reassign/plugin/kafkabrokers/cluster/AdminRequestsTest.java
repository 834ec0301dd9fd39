package org.reassign.plugin.kafkabrokers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;

/** What is a refusal of Kafka's controller, and what is no answer. */
class AdminRequestsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    static Stream<Throwable> noAnswers() {
        return Stream.of(
                new TimeoutException("Call(callName=alterPartitionReassignments) timed out"),
                new DisconnectException("the broker has died"),
                new NotControllerException("another broker is the controller"),
                new IllegalStateException("the client is closed"));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void whatWasNotAnsweredIsNotRefused(Throwable failure) {
        assertThatThrownBy(() -> AdminRequests.refusal(PARTITION, CompletableFuture.failedFuture(failure)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(failure.getMessage())
                .hasMessageContaining("does not answer");
    }

    @Test
    void whatKafkaRefusesIsRefused() {
        assertThat(code(new NoReassignmentInProgressException("none"))).isEqualTo(Refusal.Code.NOT_IN_FLIGHT);
        assertThat(code(new UnknownTopicOrPartitionException("t-0"))).isEqualTo(Refusal.Code.UNKNOWN_PARTITION);
        assertThat(code(new InvalidReplicaAssignmentException("9"))).isEqualTo(Refusal.Code.UNREGISTERED_BROKER);
        assertThat(AdminRequests.refusal(PARTITION, CompletableFuture.completedFuture(null)))
                .isEmpty();
    }

    private static Refusal.Code code(Throwable refusal) {
        return AdminRequests.refusal(PARTITION, CompletableFuture.failedFuture(refusal))
                .orElseThrow()
                .code();
    }
}
