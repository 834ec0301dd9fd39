package org.reassign.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.Disturbance.Kind;

/**
 * Invariant 2: the controller ends before and after every single effect, or is held up before it while brokers go on,
 * and the reassignments end identically: the same AR, the same data on the same brokers, the same answers, no leftovers.
 * What brokers hold is also compared whenever the scenario has slept, so that it is not only the end that comes right.
 * Where a controller lives on without its connection or its office, {@link UpsetSweepTest}.
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

    static List<Arguments> crashesBefore() {
        return Sample.of(sweeps(), 2, 0);
    }

    /** Where something may happen between an effect and the one before; else it is a crash after that. */
    @ParameterizedTest
    @MethodSource("crashesBefore")
    void aCrashBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.CRASH_BEFORE);
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void aCrashAfterAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.CRASH_AFTER);
    }

    static List<Arguments> shortStalls() {
        return Sample.of(sweeps(), 4, 3);
    }

    /** As long as a broker takes to write its ISR between our read and our write. */
    @ParameterizedTest
    @MethodSource("shortStalls")
    void aShortStallBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.STALL_BEFORE, Duration.ofMillis(250));
    }

    static List<Arguments> longStalls() {
        return Sample.of(sweeps(), 4, 0);
    }

    /** Long enough for everything that brokers have to do. */
    @ParameterizedTest
    @MethodSource("longStalls")
    void aLongStallBeforeAnyEffectEndsAlike(String scenario, Combination combination) {
        Sweep.of(scenario, combination).disturb(Kind.STALL_BEFORE, Duration.ofSeconds(3));
    }

    static List<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (String channel : List.of("notify-names", "notify-scan")) {
            for (String scenario : List.of("interrupt", "cancel", "refused", "deleted", "late-comers")) {
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
        Sweep.of(name, Combination.DEFAULT.plugins(channel, conflictPolicy), WriteMode.BATCHED)
                .disturb(Kind.CRASH_AFTER);
    }

    static List<Arguments> migrations() {
        List<String> layouts = Combination.layouts();
        List<Arguments> migrations = new ArrayList<>();
        layouts.forEach(from -> layouts.stream()
                .filter(to -> !to.equals(from))
                .forEach(to -> migrations.add(Arguments.of("interrupt", from, to))));
        List<Arguments> played = new ArrayList<>(Sample.of(migrations, 5, 0));
        played.add(Arguments.of("crossing", "separate", "separate-flat"));
        played.add(Arguments.of("crossing", "separate-flat", "separate"));
        return played;
    }

    /** The successor keeps its records elsewhere: it finds those of the one before, moves them, and goes on. */
    @ParameterizedTest
    @MethodSource("migrations")
    void aSuccessorWithAnotherLayoutEndsAlike(String scenario, String from, String to) {
        new Sweep(
                        Scenarios.disturbed(scenario),
                        Combination.DEFAULT.in(from).plugins(),
                        Combination.DEFAULT.in(to).plugins(),
                        WriteMode.BATCHED)
                .disturb(Kind.CRASH_AFTER);
    }
}
