package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Broker;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.PartitionState;
import org.reassign.api.spi.BrokerRequest.StopPartition;

/** What a broker is still told of a replica whose topic has come again. */
class BrokerQueueTest {
    private static final StopPartition STOP = new StopPartition(new TopicPartition("t", 0), 5, true);

    private static final PartitionState ROLE = new PartitionState(
            STOP.partition(), new LeaderAndIsr(0, 4, 1, Replicas.of(0, 1), Map.of()), 3, Replicas.of(0, 1), false);

    private final BrokerQueue line = new BrokerQueue(new Broker(1, 7, "localhost", 9092, Optional.empty()));

    @Test
    void aStopThatFailedIsRepeated() {
        line.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        fails(sent);

        assertThat(next()).contains(sent);
    }

    @Test
    void aStopThatWaitsIsNotSentOnceTheReplicaIsSpared() {
        line.stop(STOP);
        line.spare(STOP.partition());

        assertThat(next()).isEmpty();
    }

    @Test
    void aStopThatIsOutstandingIsNotRepeatedOnceTheReplicaIsSpared() {
        line.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        line.spare(STOP.partition());
        fails(sent);

        assertThat(next()).isEmpty();
    }

    @Test
    void whatIsDecidedAfterThatIsSent() {
        line.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        line.spare(STOP.partition());
        line.stop(new StopPartition(STOP.partition(), 9, true));
        fails(sent);

        assertThat(next())
                .hasValueSatisfying(again -> assertThat(again.toString()).contains("leaderEpoch=9"));
    }

    @Test
    void whatIsOutstandingOfATopicThatIsGoneIsNotRepeated() {
        line.leaderAndIsr(ROLE);
        BrokerRequest sent = next().orElseThrow();
        line.forget("t");
        fails(sent);

        assertThat(next()).isEmpty();
    }

    @Test
    void aStopOfATopicThatIsGoneIsSentAgainThoughTheSameIsOutstanding() {
        line.stop(STOP);
        BrokerRequest sent = next().orElseThrow();
        line.forget("t");
        line.stop(STOP);
        line.answered();

        assertThat(next()).contains(sent);
    }

    private Optional<BrokerRequest> next() {
        return line.next(1000, 1, List.of());
    }

    private void fails(BrokerRequest request) {
        line.answered();
        line.repeat(request, partition -> true);
    }
}
