package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.meter.Operations;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.core.store.WriteMode;

/** A fold reads the topics of what it admits: what waits for room costs no reads, however much it is. */
class WaitingCostsNothingTest {
    @Test
    void readsOfTopicsGrowWithWhatMovesNotWithWhatWaits() {
        long few = reads(10);
        long many = reads(40);
        assertThat(many).as("reads for 40 topics, where 10 take %s", few).isLessThanOrEqualTo(few * 4 * 6 / 5);
    }

    /** Reads of topic znodes while topics of one partition move one after the other. */
    private static long reads(int topics) {
        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .with(settings -> settings.with(true, new InFlightLimits(1, 1)))
                .play(Scenarios.of("""
                        name: waiting
                        brokers: {count: 6}
                        topics:
                          many: {count: COUNT, partitionsPerTopic: 1, replicationFactor: 2, bytesPerPartition: 1MB}
                        steps:
                          - request: {topics: many, shiftBy: 2}
                          - await: settled
                        expect: {noLeftovers: true}
                        """.replace("COUNT", Integer.toString(topics))), WriteMode.BATCHED);
        assertThat(result.report().faults()).isEmpty();
        Operations cost = result.report().cost().zookeeper().controller().of(ZnodeKind.TOPIC);
        return cost.getData() + cost.exists();
    }
}
