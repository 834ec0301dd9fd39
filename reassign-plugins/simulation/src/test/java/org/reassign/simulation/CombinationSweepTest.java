package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.Disturbance.Kind;

/**
 * A crash before and after every effect, for every combination of layout, watcher, drop policy, channel and conflict
 * policy; without the profile {@code sweep} for a fixed few of them, among which every value meets most others.
 */
class CombinationSweepTest {
    /** Coprime to the numbers of plugins, so that what is left out of the build differs in all of them. */
    private static final int STRIDE = 193;

    static List<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Combination combination : Combination.batched()) {
            for (String channel : Combination.channels()) {
                for (String conflictPolicy : Combination.conflictPolicies()) {
                    all.add(Arguments.of(combination, channel, conflictPolicy));
                }
            }
        }
        assertThat(all).hasSize(4 * 3 * 4 * 4 * 3);
        return Sample.of(all, STRIDE, 1);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void aCrashAtAnyEffectEndsAlike(Combination combination, String channel, String conflictPolicy) {
        for (String scenario : scenarios(channel)) {
            Sweep sweep = Sweep.of(scenario, combination.plugins(channel, conflictPolicy), combination.mode());
            sweep.disturb(Kind.CRASH_BEFORE);
            sweep.disturb(Kind.CRASH_AFTER);
        }
    }

    /** The legacy znode has no way to cancel. */
    private static List<String> scenarios(String channel) {
        return channel.equals("legacy")
                ? List.of("interrupt", "two-mechanisms")
                : List.of("interrupt", "cancel", "two-mechanisms");
    }
}
