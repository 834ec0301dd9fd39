package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.scenario.RunReport;

/** The example of the thread: [0,1] to [2,3], and on to [3,4] while 2 is in sync and 3 is not. */
class InterruptTest {
    static List<Combination> combinations() {
        return Combination.all();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void endsWithTheNewestTargetUnderEveryCombination(Combination combination) {
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of(Scenarios.INTERRUPT), combination.mode());

        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        assertThat(result.report().outcome()).isEqualTo(RunReport.Outcome.SETTLED);
        assertThat(result.report().partitions().get(0).replicas()).containsExactly(3, 4);
        assertThat(result.disks().get(0)).isEmpty();
        assertThat(result.disks().get(1)).isEmpty();
        assertThat(result.disks().get(2)).isEmpty();
        assertThat(result.disks().get(3)).isEqualTo(result.disks().get(4)).hasSize(1);
    }
}
