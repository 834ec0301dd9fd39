package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.simulation.scenario.Scenario;

/** Policies propose, the guard disposes: whatever a vendor's policy wants, the invariants hold and all comes to its end. */
class HostilePolicyTest {
    static List<String> scenarios() {
        return Scenarios.DISTURBED;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aPolicyThatWantsToDropEverything(String name) {
        endsAsExpected(
                name, context -> context.before().append(context.target()).append(Replicas.of(99)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aPolicyThatWantsToDropWhatIsInSync(String name) {
        endsAsExpected(name, context -> context.isr());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aPolicyThatThrows(String name) {
        endsAsExpected(name, context -> {
            throw new IllegalStateException("a vendor's mistake");
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aConflictPolicyThatThrows(String name) {
        ConflictPolicy throwing = (running, request, entry) -> {
            throw new IllegalStateException("a vendor's mistake");
        };
        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(throwing), Disturbance.never())
                .play(Scenarios.disturbed(name), Combination.DEFAULT.mode());
        assertThat(result.report().faults()).isEmpty();
    }

    private static void endsAsExpected(String name, DropPolicy policy) {
        Scenario scenario = Scenarios.disturbed(name);
        for (Combination combination : List.of(Combination.DEFAULT, Combination.CONSOLIDATED_BATCHED)) {
            SimulatedRun.Result result = new SimulatedRun(combination.plugins(policy), Disturbance.never())
                    .play(scenario, combination.mode());
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
        }
    }
}
