package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.scenario.Expectation;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioParser;

/** The controller ends before and after every single effect; another one ends the reassignment identically. */
class CrashSweepTest {
    private static final Path SHIPPED = Path.of("../../reassign-cli/src/main/dist/scenarios");

    static List<Arguments> sweeps() {
        List<Arguments> sweeps = new ArrayList<>();
        for (String file : List.of("interrupt", "cancel", "change-one", "shift-twice", "two-mechanisms")) {
            sweeps.add(Arguments.of(file, Combination.DEFAULT));
            sweeps.add(Arguments.of(file, Combination.CONSOLIDATED_BATCHED));
            sweeps.add(Arguments.of(file, Combination.SEPARATE_SINGLE));
        }
        return sweeps;
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aCrashAtEveryEffectEndsAlike(String file, Combination combination) {
        Scenario scenario = withoutAnswers(ScenarioParser.read(SHIPPED.resolve(file + ".yaml")));
        CrashPoint never = CrashPoint.never();
        SimulatedRun.Result whole = new SimulatedRun(combination.plugins(), never).play(scenario, combination.mode());
        assertThat(never.seen()).as("effects").isGreaterThan(30);

        for (int effect = 0; effect < never.seen(); effect++) {
            for (CrashPoint point : List.of(CrashPoint.before(effect), CrashPoint.after(effect))) {
                SimulatedRun.Result cut =
                        new SimulatedRun(combination.plugins(), point).play(scenario, combination.mode());
                String where = "effect " + effect + ", " + point.crashed().orElse("no crash") + "\n"
                        + String.join("\n", cut.steps());
                assertThat(point.crashed()).as(where).isPresent();
                assertThat(cut.report().faults()).as(where).isEmpty();
                assertThat(cut.report().leftovers()).as(where).isEmpty();
                assertThat(cut.report().partitions())
                        .extracting("replicas")
                        .as(where)
                        .isEqualTo(whole.report().partitions().stream()
                                .map(p -> p.replicas())
                                .toList());
                assertThat(cut.disks()).as(where).isEqualTo(whole.disks());
            }
        }
    }

    /** An answer may die with the controller that would have given it, and then counts as completed. */
    private static Scenario withoutAnswers(Scenario s) {
        Expectation ends = new Expectation(
                s.expect().replicas(),
                new TreeMap<>(),
                new TreeMap<>(),
                s.expect().noLeftovers());
        return new Scenario(
                s.file(), s.name(), s.brokers(), s.topics(), s.minInSyncReplicas(), s.replication(), s.steps(), ends);
    }
}
