package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.SimulatedRun;

/**
 * The worked cases in real time on an embedded ZooKeeper: with so many combinations that any two choices meet, a case
 * among them; with all combinations of plugins under {@code -Pmatrix}, the write mode going round.
 */
@Execution(ExecutionMode.CONCURRENT)
class WorkedCasesIT {
    static Stream<Arguments> cases() {
        List<List<Object>> rows = new ArrayList<>();
        List<WorkedCase> all = WorkedCases.all();
        for (int i = 0; i < all.size(); i++) {
            rows.addAll(WorkedCasesTest.rows(all.get(i), Choice.eachInOneMode(i)));
        }
        return WorkedCasesTest.played(rows, 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(WorkedCase worked, Choice choice) {
        try (RealRun run = new RealRun(choice.plugins(worked.brokers()))) {
            WorkedCasesTest.assertHolds(worked, choice, run.play(worked.scenario(), choice.mode()));
        }
    }

    static Stream<Choice> crashes() {
        return Stream.of(WriteMode.values())
                .flatMap(mode -> Choice.LAYOUTS.keySet().stream().map(layout -> Choice.DEFAULT.in(layout, mode)));
    }

    /** Case 17: the successor raises the epoch once and goes on; re-sending alone would stall. */
    @ParameterizedTest
    @MethodSource("crashes")
    void aCrashBetweenG1AndG2IsRecoveredByOneRaise(Choice choice) {
        CrashBefore g2 = CrashBefore.write(write -> write.path().endsWith("/partitions/0/state"));
        WorkedCase worked = WorkedCase.of(
                "17",
                WorkedCase.topic("[0,1]")
                        + WorkedCase.steps(
                                "request: {t-0: [2,3]}", "kill: controller", "start: controller", "await: settled")
                        + "expect: {replicas: {t-0: [2,3]}}\n",
                (chosen, run) -> {});
        try (RealRun run = new RealRun(choice.plugins(), g2)) {
            SimulatedRun.Result result = run.play(worked.scenario(), choice.mode());
            assertThat(g2.hasHappened()).isTrue();
            assertThat(result.report().faults()).isEmpty();
            assertThat(result.steps().stream().filter(step -> step.endsWith("isr [0,1], epoch 1")))
                    .as("raised once: %s", result.steps())
                    .hasSize(1);
        }
    }
}
