package org.reassign.plugin.kafkabrokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerDisks.DiskContent;
import org.reassign.api.spi.BrokerDisks.DiskReplica;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Answer;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Close;
import org.reassign.plugin.kafkabrokers.ScriptedBroker.Reaction;

/** What brokers are asked about their disks, and what comes of the answers, over Kafka's own encoding on both sides. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class LogDirsTest {
    private static final TopicPartition ORDERS = new TopicPartition("orders", 3);
    private static final TopicPartition OTHER = new TopicPartition("other-topic", 0);

    private final Queue<AbstractRequest> asked = new ConcurrentLinkedQueue<>();
    private final ScriptedAnswers versions = new ScriptedAnswers().knowing(ApiKeys.DESCRIBE_LOG_DIRS, 4);
    private volatile Reaction answer = new Answer(new DescribeLogDirsResponseData());
    private final ScriptedBroker broker = new ScriptedBroker(request -> {
        asked.add(request);
        return request instanceof DescribeLogDirsRequest ? answer : versions.apply(request);
    });
    private final LogDirs disks = new LogDirs(
            new TakeoverOptions(Map.of(), Optional.empty(), Duration.ofMinutes(10), Duration.ofMinutes(10), 10_000),
            warning -> {});

    @AfterEach
    void close() {
        disks.close();
        broker.close();
    }

    private static DescribeLogDirsResult directory(Errors error, DescribeLogDirsTopic... topics) {
        return new DescribeLogDirsResult()
                .setLogDir("/data")
                .setErrorCode(error.code())
                .setTopics(List.of(topics));
    }

    private static DescribeLogDirsTopic replica(TopicPartition partition, long bytes, long lag, boolean isFuture) {
        return new DescribeLogDirsTopic()
                .setName(partition.topic())
                .setPartitions(List.of(new DescribeLogDirsPartition()
                        .setPartitionIndex(partition.partition())
                        .setPartitionSize(bytes)
                        .setOffsetLag(lag)
                        .setIsFutureKey(isFuture)));
    }

    private void answers(DescribeLogDirsResult... directories) {
        answer = new Answer(new DescribeLogDirsResponseData().setResults(List.of(directories)));
    }

    private static DiskContent content(CompletionStage<DiskContent> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4})
    void theReplicasOfAllDirectoriesAreToldByEveryVersion(int highest) {
        versions.knowing(ApiKeys.DESCRIBE_LOG_DIRS, highest);
        answers(
                directory(Errors.NONE, replica(ORDERS, 5_000_000_000L, 7, false), replica(OTHER, 12, -1, false)),
                directory(Errors.NONE, replica(ORDERS, 400, 9, true)));

        DiskContent told = content(disks.replicas(broker.broker(1, 5), Set.of(ORDERS, OTHER)));

        assertThat(told.isComplete()).isTrue();
        assertThat(told.replicas())
                .containsExactlyInAnyOrder(
                        new DiskReplica(ORDERS, 5_000_000_000L, 7, false),
                        new DiskReplica(OTHER, 12, -1, false),
                        new DiskReplica(ORDERS, 400, 9, true));
    }

    @Test
    void onlyTheDisksAreAskedFor() {
        answers(directory(Errors.NONE));

        assertThat(content(disks.replicas(broker.broker(1, 5), Set.of(ORDERS, OTHER, new TopicPartition("orders", 4))))
                        .replicas())
                .isEmpty();
        assertThat(content(disks.allReplicas(broker.broker(1, 5))).replicas()).isEmpty();

        assertThat(asked)
                .extracting(AbstractRequest::apiKey)
                .containsExactly(ApiKeys.API_VERSIONS, ApiKeys.DESCRIBE_LOG_DIRS, ApiKeys.DESCRIBE_LOG_DIRS);
        List<DescribeLogDirsRequest> questions = asked.stream()
                .filter(DescribeLogDirsRequest.class::isInstance)
                .map(DescribeLogDirsRequest.class::cast)
                .toList();
        assertThat(questions).extracting(AbstractRequest::version).containsOnly((short) 1);
        assertThat(questions.get(0).data().topics().find("orders").partitions()).containsExactlyInAnyOrder(3, 4);
        assertThat(questions.get(0).data().topics().find("other-topic").partitions())
                .containsExactly(0);
        assertThat(questions.get(1).isAllTopicPartitions()).isTrue();
    }

    @Test
    void aBrokerOfKafka11IsAskedByItsOwnVersion() {
        versions.knowing(ApiKeys.DESCRIBE_LOG_DIRS, 0);
        answers(directory(Errors.NONE));

        assertThat(content(disks.allReplicas(broker.broker(1, 5))).isComplete()).isTrue();
        assertThat(asked)
                .filteredOn(DescribeLogDirsRequest.class::isInstance)
                .extracting(AbstractRequest::version)
                .containsExactly((short) 0);
    }

    @Test
    void aBrokerThatThrottlesIsNotAskedMeanwhile() {
        answer = new Answer(new DescribeLogDirsResponseData()
                .setThrottleTimeMs(600_000)
                .setResults(List.of(directory(Errors.NONE))));
        assertThat(content(disks.allReplicas(broker.broker(1, 5))).isComplete()).isTrue();

        assertThatThrownBy(() -> content(disks.allReplicas(broker.broker(1, 5))))
                .hasMessageContaining("broker 1 at 127.0.0.1")
                .hasMessageContaining("throttles this client for another ")
                .hasMessageContaining("raise the request quota");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFailedDirectoryLeavesTheAnswerIncomplete() {
        answers(directory(Errors.NONE, replica(ORDERS, 10, 0, false)), directory(Errors.KAFKA_STORAGE_ERROR));

        DiskContent told = content(disks.allReplicas(broker.broker(1, 5)));

        assertThat(told.isComplete()).isFalse();
        assertThat(told.replicas()).containsExactly(new DiskReplica(ORDERS, 10, 0, false));
    }

    @Test
    void aBrokerThatDoesNotPermitItIsNamedWithTheRemedy() {
        answers();

        assertThatThrownBy(() -> content(disks.allReplicas(broker.broker(1, 5))))
                .hasCauseInstanceOf(GatewayException.class)
                .hasMessageContaining("broker 1 at 127.0.0.1")
                .hasMessageContaining("give this user the operation Describe on the cluster");
    }

    @Test
    void aBrokerThatDidNotAnswerIsAskedAgain() {
        answer = new Close();
        assertThatThrownBy(() -> content(disks.allReplicas(broker.broker(1, 5))))
                .hasMessageContaining("broker 1 at 127.0.0.1")
                .hasMessageContaining("closed the connection before it answered");

        answers(directory(Errors.NONE));
        assertThat(content(disks.allReplicas(broker.broker(1, 5))).isComplete()).isTrue();
    }

    @Test
    void nothingIsWaitedForOnceItIsClosed() {
        disks.close();
        disks.close();

        assertThatThrownBy(() -> content(disks.allReplicas(broker.broker(1, 5))))
                .hasMessageContaining("is closed");
    }
}
