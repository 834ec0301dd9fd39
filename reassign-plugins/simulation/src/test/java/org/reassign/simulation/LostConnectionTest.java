package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.Disturbance.Kind;
import org.reassign.simulation.scenario.RunReport;

/** A lost connection costs neither leadership nor, unless brokers need it, a leader epoch. */
class LostConnectionTest {
    private static final RunReport.ControllerReport ONE_TERM = new RunReport.ControllerReport(1, 1);
    /** Each combination is disturbed at others of its effects. */
    private static final int EVERY = 41;

    static List<Combination> combinations() {
        List<Combination> modes = List.of(Combination.SEPARATE_SINGLE, Combination.SEPARATE_SINGLE.in("kip-455"));
        return Stream.concat(
                        Combination.batched().stream()
                                .filter(combination -> combination.policy().equals("prefer-in-sync")),
                        modes.stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aCallThatHadNoEffectCostsNoEpoch(Combination combination) {
        disturb(combination, Kind.LOSE_BEFORE, 0);
    }

    /** The lost answer may be that to a write of {@code state}, of which no broker was told: its epoch is raised. */
    @ParameterizedTest
    @MethodSource("combinations")
    void aLostAnswerCostsOneEpochAtMost(Combination combination) {
        disturb(combination, Kind.LOSE_AFTER, 1);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aConnectionLostBetweenCallsCostsNoEpoch(Combination combination) {
        disturb(combination, Kind.CUT_AFTER, 0);
    }

    /** Its session expires, and another one is elected: that is a term more. */
    @ParameterizedTest
    @MethodSource("combinations")
    void anExpiredSessionIsANewTerm(Combination combination) {
        SimulatedRun.Result cut = play(combination, Disturbance.of(Kind.EXPIRE_BEFORE, 10));

        assertThat(cut.report().controller()).isEqualTo(new RunReport.ControllerReport(2, 2));
    }

    private static void disturb(Combination combination, Kind kind, int raises) {
        Disturbance never = Disturbance.never();
        SimulatedRun.Result whole = play(combination, never);
        assertThat(whole.report().controller()).isEqualTo(ONE_TERM);
        int first = combinations().indexOf(combination);
        IntStream.iterate(first, effect -> effect < never.seen(), effect -> effect + EVERY)
                .forEach(effect -> {
                    Disturbance lost = Disturbance.of(kind, effect, Duration.ofMillis(300));
                    SimulatedRun.Result cut = play(combination, lost);
                    String where = lost.disturbed().orElseThrow() + "\n" + String.join("\n", cut.steps());
                    assertThat(cut.report().faults()).as(where).isEmpty();
                    assertThat(cut.report().controller()).as(where).isEqualTo(ONE_TERM);
                    assertThat(lastEpoch(cut)).as(where).isBetween(lastEpoch(whole), lastEpoch(whole) + raises);
                });
    }

    private static SimulatedRun.Result play(Combination combination, Disturbance disturbance) {
        return new SimulatedRun(combination.plugins(), disturbance)
                .play(Scenarios.of(Scenarios.INTERRUPT), combination.mode());
    }

    /** The leader epoch that the last step says. */
    private static int lastEpoch(SimulatedRun.Result result) {
        return result.steps().stream()
                .filter(step -> step.contains(", epoch "))
                .map(step -> Integer.valueOf(step.substring(step.lastIndexOf(' ') + 1)))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
