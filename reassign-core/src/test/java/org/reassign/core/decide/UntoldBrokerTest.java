package org.reassign.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/** A request for a partition of which a broker is still to be told. */
class UntoldBrokerTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    /** No epoch is raised for a move that only takes replicas away: nothing else would tell a leader that has restarted. */
    @Test
    void isToldAlthoughAMoveBegins() {
        Replicas all = Replicas.of(0, 1, 2);
        PartitionState restarted = new PartitionState(
                        PARTITION, all, Optional.empty(), new LeaderAndIsr(0, 5, 1, all, Map.of()), 3, Progress.IDLE)
                .registered(0);
        StoredRequest request = StoredRequest.of("/request_0", Mechanism.REQUEST, 1, List.of());

        RecordUpdate update = RecordUpdate.of(restarted, request, Replicas.of(1, 2), Replicas.NONE, 0);

        assertThat(update.after().delivery().pending()).isEqualTo(Replicas.of(0));
        assertThat(update.after().delivery().unanswered()).isEqualTo(Replicas.of(0));
    }
}
