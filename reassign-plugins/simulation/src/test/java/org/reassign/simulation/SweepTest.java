package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.run.Plugins;
import org.reassign.core.scenario.RunReport;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.store.WriteMode;

/**
 * Invariant 2: the controller ends before and after every single effect, or is held up before it while brokers go on,
 * and the reassignments end identically: the same AR, the same data on the same brokers, no leftovers. What brokers hold
 * is also compared whenever the scenario has slept, so that it is not only the end that comes right.
 */
class SweepTest {
    static List<Arguments> sweeps() {
        List<Arguments> sweeps = new ArrayList<>();
        for (String scenario : Scenarios.DISTURBED) {
            sweeps.add(Arguments.of(scenario, Combination.DEFAULT));
            sweeps.add(Arguments.of(scenario, Combination.CONSOLIDATED_BATCHED));
            sweeps.add(Arguments.of(scenario, Combination.SEPARATE_SINGLE));
        }
        return sweeps;
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aCrashBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        sweep(scenario, combination, Disturbance::crashBefore);
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aCrashAfterAnyEffectEndsAlike(String scenario, Combination combination) {
        sweep(scenario, combination, Disturbance::crashAfter);
    }

    /** As long as a broker takes to write its ISR between our read and our write. */
    @ParameterizedTest
    @MethodSource("sweeps")
    void aShortStallBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        sweep(scenario, combination, effect -> Disturbance.stallBefore(effect, Duration.ofMillis(250)));
    }

    /** Long enough for everything that brokers have to do. */
    @ParameterizedTest
    @MethodSource("sweeps")
    void aLongStallBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        sweep(scenario, combination, effect -> Disturbance.stallBefore(effect, Duration.ofSeconds(3)));
    }

    static List<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (String channel : List.of("notify-names", "notify-scan")) {
            for (String scenario : List.of("interrupt", "cancel", "refused", "deleted")) {
                ways.add(Arguments.of(scenario, channel, "arrival-order"));
            }
        }
        ways.add(Arguments.of("two-mechanisms", "payload", "newest-wins"));
        ways.add(Arguments.of("interrupt", "payload", "refuse-cross-mechanism"));
        return ways;
    }

    /** However requests come, and whoever wins. */
    @ParameterizedTest
    @MethodSource("ways")
    void aCrashAfterAnyEffectEndsAlikeHoweverRequestsCome(String name, String channel, String conflictPolicy) {
        Scenario scenario = Scenarios.disturbed(name);
        Plugins plugins = Combination.DEFAULT.plugins(channel, conflictPolicy);
        sweep(scenario, plugins, WriteMode.BATCHED, Disturbance::crashAfter);
    }

    static List<Arguments> migrations() {
        List<String> layouts = List.of("separate", "separate-flat", "consolidated", "kip-455");
        List<Arguments> migrations = new ArrayList<>();
        layouts.forEach(from ->
                layouts.stream().filter(to -> !to.equals(from)).forEach(to -> migrations.add(Arguments.of(from, to))));
        return migrations;
    }

    /** The successor keeps its records elsewhere: it finds those of the one before, moves them, and goes on. */
    @ParameterizedTest
    @MethodSource("migrations")
    void aSuccessorWithAnotherLayoutEndsAlike(String from, String to) {
        Scenario scenario = Scenarios.disturbed("interrupt");
        Plugins before = Combination.DEFAULT.in(from).plugins();
        Plugins after = Combination.DEFAULT.in(to).plugins();
        sweep(
                scenario,
                before,
                WriteMode.BATCHED,
                Disturbance::crashAfter,
                crash -> new SimulatedRun(before, after, crash));
    }

    private static void sweep(String name, Combination combination, IntFunction<Disturbance> at) {
        sweep(Scenarios.disturbed(name), combination.plugins(), combination.mode(), at);
    }

    private static void sweep(Scenario scenario, Plugins plugins, WriteMode mode, IntFunction<Disturbance> at) {
        sweep(scenario, plugins, mode, at, disturbance -> new SimulatedRun(plugins, disturbance));
    }

    private static void sweep(
            Scenario scenario,
            Plugins plugins,
            WriteMode mode,
            IntFunction<Disturbance> at,
            Function<Disturbance, SimulatedRun> disturbed) {
        Disturbance never = Disturbance.never();
        SimulatedRun.Result whole = new SimulatedRun(plugins, never).play(scenario, mode);
        assertThat(whole.report().faults()).as(String.join("\n", whole.steps())).isEmpty();
        assertThat(never.seen()).as("effects").isGreaterThan(30);
        int reached = 0;
        for (int effect = 0; effect < never.seen(); effect++) {
            Disturbance disturbance = at.apply(effect);
            SimulatedRun.Result cut = disturbed.apply(disturbance).play(scenario, mode);
            String where = "effect " + effect + ", " + disturbance.disturbed().orElse("not reached") + "\n"
                    + String.join("\n", cut.steps());
            reached += disturbance.disturbed().isPresent() ? 1 : 0;
            endsAlike(where, whole, cut);
        }
        assertThat(reached).as("effects that were disturbed").isEqualTo(never.seen());
    }

    private static void endsAlike(String where, SimulatedRun.Result whole, SimulatedRun.Result cut) {
        assertThat(cut.report().faults()).as(where).isEmpty();
        assertThat(cut.report().leftovers()).as(where).isEmpty();
        assertThat(replicas(cut)).as(where).isEqualTo(replicas(whole));
        assertThat(cut.disks()).as(where).isEqualTo(whole.disks());
        assertThat(cut.rests()).as(where).isEqualTo(whole.rests());
    }

    private static List<List<Integer>> replicas(SimulatedRun.Result result) {
        return result.report().partitions().stream()
                .map(RunReport.PartitionReport::replicas)
                .toList();
    }
}
