package org.reassign.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.spi.BrokerRequest.UpdateMetadataRequest;

/** In which order a broker is told what, and what it is still told of a replica whose topic has come again. */
class BrokerQueueTest {
    private static final StopPartition STOP = new StopPartition(new TopicPartition("t", 0), 5, true);

    private static final PartitionState ROLE = new PartitionState(
            STOP.partition(),
            new LeaderAndIsr(0, 4, 1, Replicas.of(0, 1), Map.of()),
            3,
            Replicas.of(0, 1),
            Replicas.NONE,
            Replicas.NONE,
            Replicas.NONE,
            false);

    private static final Broker BROKER = new Broker(1, 7, List.of(), Optional.empty());

    private final MetadataLog metadata = new MetadataLog();
    private final BrokerQueue queue = queue();

    @Test
    void aStopThatFailedIsRepeated() {
        queue.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        fails(sent);

        assertThat(next()).contains(sent);
    }

    /** A replica that comes and goes again gets all attempts again. */
    @Test
    void unansweredStopsAreCountedInARow() {
        assertThat(List.of(queue.unanswered(STOP.partition()), queue.unanswered(STOP.partition())))
                .containsExactly(1, 2);
        queue.stopped(STOP.partition());

        assertThat(queue.unanswered(STOP.partition())).isEqualTo(1);
    }

    @Test
    void aStopThatWaitsIsNotSentOnceTheStopIsCancelled() {
        queue.stop(STOP);
        queue.cancelStop(STOP.partition());

        assertThat(next()).isEmpty();
    }

    @Test
    void aStopThatIsOutstandingIsNotRepeatedOnceTheStopIsCancelled() {
        queue.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        queue.cancelStop(STOP.partition());
        fails(sent);

        assertThat(next()).isEmpty();
    }

    @Test
    void whatIsDecidedAfterThatIsSent() {
        queue.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        queue.cancelStop(STOP.partition());
        queue.stop(new StopPartition(STOP.partition(), 9, true));
        fails(sent);

        assertThat(next())
                .hasValueSatisfying(again -> assertThat(again.toString()).contains("leaderEpoch=9"));
    }

    @Test
    void theAnswerToAStopDoesNotCountForAReplicaThatIsToBeThereAgain() {
        queue.stop(STOP);
        next();
        queue.leaderAndIsr(ROLE);

        assertThat(queue.isAbandoned(STOP.partition())).isTrue();
    }

    @Test
    void whatIsOutstandingOfATopicThatIsGoneIsNotRepeated() {
        queue.leaderAndIsr(ROLE);
        BrokerRequest sent = next().orElseThrow();
        queue.dropTopic("t");
        fails(sent);

        assertThat(next()).isEmpty();
    }

    @Test
    void aStopOfATopicThatIsGoneIsSentAgainThoughTheSameIsOutstanding() {
        queue.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        queue.dropTopic("t");
        queue.stop(STOP);
        queue.answered();

        assertThat(next()).contains(sent);
    }

    @Test
    void whatWaitsWhenTheTermEndsIsDroppedAndLeaderAndIsrIsNamed() {
        queue.stop(STOP);
        queue.leaderAndIsr(role("u", 0, 4));
        metadata.add(ROLE);

        assertThat(queue.endTerm()).containsExactly(new TopicPartition("u", 0));
        assertThat(kinds(1)).containsExactly("UpdateMetadataRequest");
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void anAnswerToAnEarlierTermDoesNotCountAndNothingIsSentBefore() {
        queue.leaderAndIsr(ROLE);
        BrokerRequest sent = next().orElseThrow();

        assertThat(queue.endTerm()).containsExactly(ROLE.partition());
        queue.leaderAndIsr(role("u", 0, 4));
        assertThat(next()).isEmpty();
        fails(sent);
        assertThat(queue.isAbandoned(ROLE.partition())).isTrue();
        assertThat(kinds(1)).containsExactly("LeaderAndIsrRequest");
        assertThat(queue.isAbandoned(ROLE.partition())).isFalse();
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void theListOfLiveBrokersGoesFirstAndMetadataOfPartitionsLast() {
        metadata.add(ROLE);
        queue.leaderAndIsr(ROLE);
        queue.stop(new StopPartition(new TopicPartition("u", 0), 5, true));
        assertThat(kinds(3)).containsExactly("LeaderAndIsrRequest", "StopReplicaRequest", "UpdateMetadataRequest");

        queue.leaderAndIsr(ROLE);
        queue.brokers(List.of(BROKER));
        assertThat(kinds(2)).containsExactly("UpdateMetadataRequest", "LeaderAndIsrRequest");
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void noneWaitsBehindAStreamOfTheOthers() {
        List<String> sent = new ArrayList<>();
        for (int round = 0; round < 9; round++) {
            metadata.add(ROLE);
            queue.leaderAndIsr(ROLE);
            queue.stop(new StopPartition(new TopicPartition("u", round), 5, true));
            sent.addAll(kinds(1));
        }
        List<String> turns = List.of("LeaderAndIsrRequest", "StopReplicaRequest", "UpdateMetadataRequest");
        assertThat(sent)
                .containsExactlyElementsOf(Collections.nCopies(3, turns).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void aBrokerThatRegistersIsToldOfEveryPartitionOnceAndOfItsNewestStateOnly() {
        metadata.add(role("t", 0, 4));
        metadata.add(role("t", 1, 4));
        metadata.add(role("t", 0, 5));
        metadata.add(role("u", 0, 4));
        metadata.dropTopic("u");
        BrokerQueue registered = queue();
        UpdateMetadataRequest told =
                (UpdateMetadataRequest) registered.next(1000, 1, List.of()).orElseThrow();

        // deleted ones too: a broker of which only the session has expired still knows them
        assertThat(told.partitions())
                .extracting(
                        PartitionState::partition,
                        p -> p.state().leaderEpoch(),
                        p -> p.state().leader())
                .containsExactly(
                        tuple(new TopicPartition("t", 1), 4, 0),
                        tuple(new TopicPartition("t", 0), 5, 0),
                        tuple(new TopicPartition("u", 0), 4, LeaderAndIsr.LEADER_DURING_DELETE));
        registered.answered();
        assertThat(registered.idle()).isTrue();
        metadata.add(role("v", 0, 1));
        assertThat(registered.next(1000, 1, List.of()))
                .map(request -> ((UpdateMetadataRequest) request).partitions())
                .contains(List.of(role("v", 0, 1)));
    }

    @Test
    void metadataThatFailedAreRepeatedUnlessTheyAreOld() {
        metadata.add(role("t", 0, 4));
        metadata.add(role("t", 1, 4));
        BrokerRequest sent = next().orElseThrow();
        metadata.add(role("t", 0, 5));
        fails(sent);

        assertThat(next())
                .map(request -> ((UpdateMetadataRequest) request).partitions())
                .contains(List.of(role("t", 1, 4), role("t", 0, 5)));
    }

    @Test
    void whatIsMoreThanOneRequestHoldsIsToldInOrderAndOnce() {
        List<PartitionState> all = IntStream.range(0, 12_000)
                .mapToObj(partition -> role("t", partition, 4))
                .toList();
        all.forEach(metadata::add);
        List<PartitionState> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            told.addAll(((UpdateMetadataRequest) next().orElseThrow()).partitions());
            queue.answered();
        }
        assertThat(told).isEqualTo(all);
        assertThat(next()).isEmpty();
    }

    @Test
    void theSameListOfLiveBrokersIsSentOnceUnlessThatHasFailed() {
        queue.brokers(List.of(BROKER));
        BrokerRequest sent = queue.next(1000, 1, List.of(BROKER)).orElseThrow();
        queue.brokers(List.of(BROKER));
        queue.answered();
        assertThat(queue.idle()).isTrue();

        queue.repeat(sent, partition -> true);
        queue.brokers(List.of(BROKER));
        assertThat(queue.next(1000, 1, List.of(BROKER))).contains(sent);
        queue.answered();
        queue.brokers(List.of());
        assertThat(queue.idle()).isFalse();
    }

    @Test
    void aDeletedTopicIsToldOnce() {
        metadata.add(role("u", 0, 4));
        metadata.dropTopic("u");
        next();
        queue.answered();
        metadata.dropTopic("u");
        assertThat(queue.idle()).isTrue();

        metadata.add(role("u", 0, 1));
        assertThat(metadata.next(MetadataLog.START, 9).partitions()).containsExactly(role("u", 0, 1));
    }

    private List<String> kinds(int count) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            kinds.add(next().orElseThrow().getClass().getSimpleName());
            queue.answered();
        }
        return kinds;
    }

    private static PartitionState role(String topic, int partition, int leaderEpoch) {
        return new PartitionState(
                new TopicPartition(topic, partition),
                new LeaderAndIsr(0, leaderEpoch, 1, Replicas.of(0, 1), Map.of()),
                3,
                Replicas.of(0, 1),
                Replicas.NONE,
                Replicas.NONE,
                Replicas.NONE,
                false);
    }

    private BrokerQueue queue() {
        return new BrokerQueue(BROKER, metadata);
    }

    private Optional<BrokerRequest> next() {
        return queue.next(1000, 1, List.of());
    }

    private void fails(BrokerRequest request) {
        queue.answered();
        queue.repeat(request, partition -> true);
    }
}
