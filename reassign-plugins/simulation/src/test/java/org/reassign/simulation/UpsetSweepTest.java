package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.Disturbance.Kind;

/** Invariant 2 where the controller's process lives on, but its world has changed at one of its effects. */
class UpsetSweepTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    /** Longer than a controller waits before it campaigns again. */
    private static final Duration LONG = Duration.ofMillis(700);

    static List<Arguments> sweeps() {
        List<Arguments> sweeps = new ArrayList<>();
        for (String scenario : Scenarios.DISTURBED) {
            sweeps.add(Arguments.of(scenario, Combination.DEFAULT));
            sweeps.add(Arguments.of(scenario, Combination.CONSOLIDATED_BATCHED));
        }
        return sweeps;
    }

    static List<Arguments> expiries() {
        return Sample.of(sweeps(), 9, 0);
    }

    /** Two controllers live: the old one has an expired session and does not know it yet. */
    @ParameterizedTest
    @MethodSource("expiries")
    void aRivalAfterAnExpiredSessionEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.EXPIRE_BEFORE, AT_ONCE);
    }

    static List<Arguments> depositions() {
        return Sample.of(sweeps(), 9, 1);
    }

    /** Two controllers live: the old one still has its session, so that the fence alone stops it. */
    @ParameterizedTest
    @MethodSource("depositions")
    void aRivalOfADeposedControllerEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.DEPOSE_BEFORE, AT_ONCE);
    }

    static List<Arguments> lostCalls() {
        return Sample.of(sweeps(), 9, 2);
    }

    @ParameterizedTest
    @MethodSource("lostCalls")
    void aCallThatIsLostBeforeItIsDoneEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.LOSE_BEFORE, LONG);
    }

    static List<Arguments> lostAnswers() {
        return Sample.of(sweeps(), 9, 3);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aCallThatIsDoneAndItsAnswerLostEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.LOSE_AFTER, LONG);
    }

    static List<Arguments> cuts() {
        return Sample.of(sweeps(), 9, 4);
    }

    /** Often nothing is called meanwhile, the session stays and events come late. */
    @ParameterizedTest
    @MethodSource("cuts")
    void aShortCutAfterAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.CUT_AFTER, Duration.ofMillis(300));
    }

    static List<Arguments> foreignWrites() {
        List<Arguments> writes = new ArrayList<>(Sample.of(sweeps(), 9, 0));
        writes.add(Arguments.of("overtaken", Combination.SEPARATE_SINGLE));
        writes.add(Arguments.of("named-back", Combination.SEPARATE_SINGLE));
        return writes;
    }

    /** Versions move under the controller's hands, and what it does not know stays. */
    @ParameterizedTest
    @MethodSource("foreignWrites")
    void aForeignWriteBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.MEDDLE_BEFORE);
    }

    static List<Arguments> lateAnswers() {
        return Sample.of(sweeps(), 3, 1);
    }

    @ParameterizedTest
    @MethodSource("lateAnswers")
    void aLateAnswerOfABrokerEndsAlike(String scenario, Combination combination) {
        assertThat(Sweep.of(scenario, combination).disturb(Kind.ANSWER_LATE, LONG))
                .isGreaterThan(5);
    }

    static List<Arguments> withoutDeaths() {
        List<String> deaths = List.of("owed", "restarted", "refused", "forgiven", "gone");
        List<Arguments> all = sweeps().stream()
                .filter(sweep -> !deaths.contains((String) sweep.get()[0]))
                .toList();
        return Sample.of(all, 4, 0);
    }

    /** A broker starts anew, and the answer of the one before comes after that. */
    @ParameterizedTest
    @MethodSource("withoutDeaths")
    void aBrokerThatAnswersLateAndStartsAnewEndsAlike(String scenario, Combination combination) {
        assertThat(Sweep.of(scenario, combination).disturb(Kind.RESTART_AND_ANSWER_LATE, LONG))
                .isGreaterThan(5);
    }
}
