package org.reassign.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/** What is decided where somebody else has written AR or {@code state}. */
class ForeignWriteTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final DecisionInput INPUT =
            new DecisionInput(Replicas.of(0, 1, 2, 3, 4, 9), 1, false, false, true, false, 1);

    private static final ReassignmentRecord MOVE = new ReassignmentRecord(
            PARTITION,
            Replicas.of(3, 4),
            Replicas.of(0, 1),
            Replicas.NONE,
            Mechanism.REQUEST,
            1,
            "request_0",
            Optional.empty(),
            Optional.empty(),
            0);

    @Test
    void whatWasOverwrittenMayHoldDataAndStaysInAr() {
        PartitionState rewritten = partition(Replicas.of(0, 1), Optional.of(MOVE), 0, Replicas.of(0, 1))
                .with(Progress.IDLE.withOverwritten(Replicas.of(3, 4, 2, 0, 1)));

        PartitionDecision decision = PartitionDecision.of(rewritten, Optional.empty(), INPUT);

        assertThat(decision.update().orElseThrow().assigned()).isEqualTo(Replicas.of(3, 4, 0, 1, 2));
    }

    /** As after a migration, which puts the target in front of what a tool wrote before. */
    @Test
    void anIsrOutsideAnArThatHoldsTheTargetComesBackIntoIt() {
        PartitionState rewritten = partition(Replicas.of(3, 4, 2, 9), Optional.of(MOVE), 0, Replicas.of(0, 1));

        PartitionDecision decision = PartitionDecision.of(rewritten, Optional.empty(), INPUT);

        assertThat(decision.update().orElseThrow().assigned()).isEqualTo(Replicas.of(3, 4, 2, 9, 0, 1));
    }

    @Test
    void anIsrOutsideArIsNotEmptied() {
        PartitionState foreign = partition(Replicas.of(0, 1), Optional.empty(), 9, Replicas.of(9));

        PartitionDecision decision = PartitionDecision.of(foreign, Optional.empty(), INPUT);

        assertThat(decision.state()).isEmpty();
    }

    private static PartitionState partition(
            Replicas assigned, Optional<ReassignmentRecord> record, int leader, Replicas isr) {
        return new PartitionState(
                PARTITION, assigned, record, new LeaderAndIsr(leader, 5, 1, isr, Map.of()), 3, Progress.IDLE);
    }
}
