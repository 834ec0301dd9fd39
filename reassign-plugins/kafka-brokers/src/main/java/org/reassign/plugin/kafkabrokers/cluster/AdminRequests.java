package org.reassign.plugin.kafkabrokers.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.NoReassignmentInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** The Admin API of KIP-455: {@code alterPartitionReassignments}, where no target cancels. */
final class AdminRequests implements KafkaController.Requests {
    /** Kafka's controller answers when it has begun with every partition of a request, one after another. */
    private static final int DEADLINE_MILLIS = 120_000;

    private final Supplier<? extends Collection<String>> brokers;
    private Optional<Admin> admin = Optional.empty();
    private boolean closed;

    /**
     * Nothing is connected yet.
     *
     * @param brokers {@code HOST:PORT} of each
     */
    AdminRequests(Supplier<? extends Collection<String>> brokers) {
        this.brokers = brokers;
    }

    @Override
    public String text() {
        return "alterPartitionReassignments";
    }

    /** Asks the controller for what is in flight, which takes the connection that requests will take. */
    @Override
    public void open() {
        var unused = result(connected().listPartitionReassignments().reassignments());
    }

    private synchronized Admin connected() {
        if (closed) {
            throw new IllegalStateException("the lab is closed");
        }
        if (admin.isEmpty()) {
            Map<String, Object> settings = new HashMap<>();
            settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", brokers.get()));
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS);
            admin = Optional.of(KafkaClients.make(() -> Admin.create(settings)));
        }
        return admin.get();
    }

    @Override
    public SortedMap<TopicPartition, Refusal> submit(SortedMap<TopicPartition, Optional<Replicas>> targets) {
        Map<org.apache.kafka.common.TopicPartition, Optional<NewPartitionReassignment>> asked = new HashMap<>();
        targets.forEach((partition, target) ->
                asked.put(kafkas(partition), target.map(replicas -> new NewPartitionReassignment(replicas.ids()))));
        Map<org.apache.kafka.common.TopicPartition, KafkaFuture<Void>> answers =
                connected().alterPartitionReassignments(asked).values();
        SortedMap<TopicPartition, Refusal> refused = new TreeMap<>();
        targets.keySet()
                .forEach(partition -> refusal(partition, answers.get(kafkas(partition)))
                        .ifPresent(refusal -> refused.put(partition, refusal)));
        return refused;
    }

    private static org.apache.kafka.common.TopicPartition kafkas(TopicPartition partition) {
        return new org.apache.kafka.common.TopicPartition(partition.topic(), partition.partition());
    }

    /**
     * What the controller has answered; empty where it has accepted.
     *
     * @throws IllegalStateException where there is no answer, so that it may have accepted or not
     */
    static Optional<Refusal> refusal(TopicPartition partition, Future<Void> answer) {
        try {
            var unused = answer.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (!isAnswer(e.getCause())) {
                throw noAnswer(e);
            }
            return Optional.of(new Refusal(
                    code(e.getCause()),
                    "Kafka's controller refuses " + partition + ": "
                            + e.getCause().getMessage()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Kafka's client fails with its own retriable errors where no controller has answered. */
    private static boolean isAnswer(Throwable error) {
        return error instanceof UnknownTopicOrPartitionException
                || error instanceof ApiException
                        && !(error instanceof RetriableException)
                        && !(error instanceof AuthenticationException);
    }

    private static Refusal.Code code(Throwable error) {
        if (error instanceof NoReassignmentInProgressException) {
            return Refusal.Code.NOT_IN_FLIGHT;
        }
        if (error instanceof UnknownTopicOrPartitionException) {
            return Refusal.Code.UNKNOWN_PARTITION;
        }
        return error instanceof InvalidReplicaAssignmentException
                ? Refusal.Code.UNREGISTERED_BROKER
                : Refusal.Code.CONFLICT;
    }

    private static <T> T result(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw noAnswer(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException noAnswer(ExecutionException e) {
        return new IllegalStateException(
                "Kafka's own controller does not answer (" + e.getCause().getMessage() + "); the brokers' logs say why",
                e);
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the lab was closed", e);
    }

    @Override
    public synchronized void close() {
        closed = true;
        admin.ifPresent(open -> open.close(Duration.ZERO));
        admin = Optional.empty();
    }
}
