package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.Disturbance;
import org.reassign.simulation.SimulatedRun;

/**
 * The worked cases in virtual time, with all invariants checked: with so many combinations that any three choices meet,
 * a case among them; with all of them under {@code -Pmatrix}.
 */
@Execution(ExecutionMode.CONCURRENT)
class WorkedCasesTest {
    private static final String CASE_17 = WorkedCase.topic("[0,1]")
            + WorkedCase.steps("request: {t-0: [2,3]}", "await: settled") + "expect: {replicas: {t-0: [2,3]}}\n";
    /** Layout, watcher, channel and mode to the number of the effect that is G2's write. */
    private static final Map<List<Object>, Integer> G2 = new ConcurrentHashMap<>();

    static Stream<Arguments> cases() {
        List<List<Object>> rows = new ArrayList<>();
        WorkedCases.all().forEach(worked -> rows.addAll(rows(worked, Choice.all())));
        return played(rows, 3);
    }

    /** A case with each of these combinations that it is stated for. */
    static List<List<Object>> rows(WorkedCase worked, List<Choice> choices) {
        return choices.stream()
                .filter(worked.stated())
                .map(choice -> {
                    List<Object> row = new ArrayList<>(List.of(worked));
                    row.addAll(choice.values());
                    return row;
                })
                .toList();
    }

    static Stream<Arguments> played(List<List<Object>> rows, int strength) {
        return Covering.played(rows, strength).stream()
                .map(row -> Arguments.of(row.get(0), Choice.of(row.subList(1, row.size()))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds(WorkedCase worked, Choice choice) {
        SimulatedRun.Result run = new SimulatedRun(choice.plugins(worked.brokers()), Disturbance.never())
                .play(worked.scenario(), choice.mode());
        assertHolds(worked, choice, run);
    }

    static void assertHolds(WorkedCase worked, Choice choice, SimulatedRun.Result run) {
        assertThat(run.report().faults()).as(String.join("\n", run.steps())).isEmpty();
        assertThat(run.report().leftovers()).isEmpty();
        worked.check().accept(choice, run);
    }

    static Stream<Choice> choices() {
        List<List<Object>> rows = Choice.all().stream().map(Choice::values).toList();
        return Covering.played(rows, 2).stream().map(Choice::of);
    }

    /** Case 17: the successor raises the epoch once and goes on; what it sends is heeded. */
    @ParameterizedTest
    @MethodSource("choices")
    void aCrashBetweenG1AndG2IsRecoveredByOneRaise(Choice choice) {
        int effect = G2.computeIfAbsent(
                List.of(choice.layout(), choice.watcher(), choice.channel(), choice.mode()), key -> g2(choice));
        Disturbance crash = Disturbance.of(Disturbance.Kind.CRASH_BEFORE, effect);
        SimulatedRun.Result run = case17(choice, crash);

        assertThat(crash.disturbed().orElseThrow()).contains("SetData /brokers/topics/t/partitions/0/state");
        assertThat(run.report().faults()).isEmpty();
        assertThat(run.steps().stream().filter(step -> step.endsWith("isr [0,1], epoch 1")))
                .as("raised once, whoever raises it: %s", run.steps())
                .hasSize(1);
    }

    private static int g2(Choice choice) {
        return IntStream.range(0, 100)
                .filter(effect -> {
                    Disturbance crash = Disturbance.of(Disturbance.Kind.CRASH_BEFORE, effect);
                    case17(choice, crash);
                    return crash.disturbed().orElseThrow().contains("/partitions/0/state,")
                            || crash.disturbed()
                                    .orElseThrow()
                                    .endsWith("SetData /brokers/topics/t/partitions/0/state]");
                })
                .findFirst()
                .orElseThrow();
    }

    private static SimulatedRun.Result case17(Choice choice, Disturbance crash) {
        WorkedCase worked = WorkedCase.of("17", CASE_17, (c, run) -> {});
        return new SimulatedRun(choice.plugins(), crash).play(worked.scenario(), choice.mode());
    }
}
