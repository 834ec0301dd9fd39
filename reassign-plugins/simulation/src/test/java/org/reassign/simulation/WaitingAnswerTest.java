package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.reassign.simulation.scenario.RunReport;

/** An entry that no controller has taken when the run ends is waiting, not completed. */
class WaitingAnswerTest {
    @Test
    void aRequestThatNoControllerHasSeenIsWaiting() {
        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .play(Scenarios.of("""
                        name: waiting
                        brokers: {count: 4}
                        topics: {t: {partitions: {0: [0, 1]}}}
                        steps: [{kill: controller}, {request: {t-0: [2, 3]}}, {await: settled, timeout: 1s}]
                        """), Combination.DEFAULT.mode());

        assertThat(result.report().outcome()).isEqualTo(RunReport.Outcome.TIMEOUT);
        assertThat(result.report().answers())
                .extracting(RunReport.AnswerReport::partition, RunReport.AnswerReport::answer)
                .containsExactly(tuple("t-0", RunReport.WAITING));
    }
}
