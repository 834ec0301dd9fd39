package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.store.WriteMode;

/** What ZooKeeper's size limit does to a large topic. */
class LimitsTest {
    /** 300 records, each with a reason of 4,000 bytes, do not go into one znode. */
    private static final String LARGE = """
            name: large
            brokers: [0, 1, 2, 3]
            topics:
              large: {partitionsPerTopic: 300, replicationFactor: 2, count: 1}
            steps:
              - {request: {topics: large, shiftBy: 2}, reason: REASON}
              - await: settled
              - request: {large-0-7: [2, 3]}
              - await: settled
            expect: {replicas: {large-0-7: [2, 3]}, noLeftovers: true}
            """;

    @Test
    void entriesThatATopicsZnodeCannotHoldAreRefusedAndOthersGoOn() {
        Combination combination = new Combination("consolidated", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
        RunReport report = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of(LARGE.replace("REASON", "x".repeat(4_000))), combination.mode())
                .report();

        assertThat(report.leftovers()).isEmpty();
        assertThat(report.answers().get(0).code()).isEqualTo("too-large");
        assertThat(report.answers().get(0).reason())
                .contains("/brokers/topics/large-0 would have")
                .contains("ask for fewer");
        assertThat(report.answers().get(300).answer()).isEqualTo("completed");
    }
}
