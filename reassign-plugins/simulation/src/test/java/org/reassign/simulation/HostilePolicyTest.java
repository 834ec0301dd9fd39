package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
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
        endsAsExpected(name, (running, request, entry) -> {
            throw new IllegalStateException("a vendor's mistake");
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aConflictPolicyThatAnswersNull(String name) {
        endsAsExpected(name, (running, request, entry) -> null);
    }

    /** In few scenarios: each costs the deadline, in real time. */
    @Test
    void aConflictPolicyThatNeverAnswers() {
        endsAsExpected("interrupt", (running, request, entry) -> {
            new CompletableFuture<>().join();
            return null;
        });
    }

    private static void endsAsExpected(String name, ConflictPolicy policy) {
        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(policy), Disturbance.never())
                .play(Scenarios.disturbed(name), Combination.DEFAULT.mode());
        assertThat(result.report().faults()).isEmpty();
    }

    /** Brokers in racks; the policy hears the racks of those that the request and the partition name. */
    @Test
    void aDropPolicyIsToldTheRacks() {
        List<SortedMap<Integer, String>> told = new ArrayList<>();
        DropPolicy policy = context -> {
            told.add(context.racks());
            return Replicas.NONE;
        };
        Scenario scenario = Scenarios.of("""
                name: racks
                brokers: {count: 6, racks: [a, b, c]}
                topics: {t: {partitions: {0: [0, 1]}}}
                steps: [{hold: [t-0@2]}, {request: {t-0: [1, 2]}}, {request: {t-0: [2, 3]}}, {release: all},
                  {await: settled}]
                """);

        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(policy), Disturbance.never())
                .play(scenario, Combination.DEFAULT.mode());

        assertThat(result.report().faults()).isEmpty();
        assertThat(told).containsExactly(new TreeMap<>(Map.of(0, "a", 1, "b", 2, "c", 3, "a")));
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
