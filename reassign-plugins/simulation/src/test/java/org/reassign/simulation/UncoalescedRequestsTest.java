package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.store.WriteMode;

/**
 * Without coalescing every accepted request is executed, and {@code returning} looks ahead at those that wait. Not so
 * where requests come value first: a later value takes the place of an earlier one before the controller reads either.
 */
class UncoalescedRequestsTest {
    /** 2 is in sync when the next target does without it, and the one after wants it back. */
    private static final String RETURNS = """
            name: returns
            brokers: [0, 1, 2, 3, 4]
            topics:
              t: {partitions: {0: [0, 1]}, bytesPerPartition: 1MB}
            steps:
              - hold: [t-0@3, t-0@4]
              - request: {t-0: [2, 3]}
              - await: {inSync: {t-0: [2]}}
              - kill: controller
              - request: {t-0: [3, 4]}
              - request: {t-0: [2, 4]}
              - start: controller
              - release: all
              - await: settled
            expect: {replicas: {t-0: [2, 4]}, answers: {t-0: [superseded, superseded, completed]}, noLeftovers: true}
            """;

    private static SimulatedRun.Result play(String policy, WriteMode mode, boolean coalesce) {
        Combination combination = new Combination("separate", "per-partition", policy, mode);
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .with(settings -> settings.with(coalesce, InFlightLimits.NONE))
                .play(Scenarios.of(RETURNS), mode);
        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "prefer-in-sync, true, 3 1",
        "prefer-in-sync, false, 2 3",
        "returning, true, 3 1",
        "returning, false, 3 1",
    })
    void whatAWaitingRequestBringsBackIsNotLetGoOf(String policy, boolean coalesce, String drops) {
        for (WriteMode mode : WriteMode.values()) {
            SimulatedRun.Result result = play(policy, mode, coalesce);

            assertThat(result.report().drops().stream()
                            .map(drop -> Integer.toString(drop.broker()))
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(drops);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void eachIsRecordedOrOnlyTheLast(boolean coalesce, int records) {
        for (WriteMode mode : WriteMode.values()) {
            SimulatedRun.Result result = play("keep-all", mode, coalesce);

            assertThat(result.steps().stream().filter(step -> step.contains(" D2 ")))
                    .hasSize(records);
        }
    }
}
