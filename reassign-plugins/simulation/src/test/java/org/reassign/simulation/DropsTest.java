package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.core.store.WriteMode;

/** What each drop policy lets go of where a target changes before anything of it is in sync. */
class DropsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2,3] | [4,5,6] | [7,8,9] | keep-all       | []",
                "[1,2,3] | [4,5,6] | [7,8,9] | originals      | [t-0@4, t-0@5, t-0@6]",
                "[1,2,3] | [4,5,6] | [7,8,9] | prefer-in-sync | [t-0@4, t-0@5, t-0@6]",
                "[1,2,3] | [4,5,6] | [7,8,9] | returning      | [t-0@4, t-0@5, t-0@6]",
                "[1,2,3] | [4,5,6] | [1,2,3] | keep-all       | []",
                "[1,2,3] | [4,5,6] | [1,2,3] | originals      | []",
                "[1,2,3] | [4,5,6] | [1,2,3] | prefer-in-sync | []",
                "[0,1,2] | [1,2,3] | [2,3,4] | keep-all       | []",
                "[0,1,2] | [1,2,3] | [2,3,4] | originals      | []",
                "[0,1,2] | [1,2,3] | [2,3,4] | prefer-in-sync | []",
                "[0,1,2] | [1,2,3] | [2,3,4] | returning      | []",
                "[1,2]   | [2,3]   | [2,4]   | keep-all       | []",
                "[1,2]   | [2,3]   | [2,4]   | originals      | [t-0@3]",
                "[1,2]   | [2,3]   | [2,4]   | prefer-in-sync | [t-0@3]",
                "[1,2]   | [2,3]   | [2,4]   | returning      | [t-0@3]",
                "[0]     | [1]     | [2]     | keep-all       | []",
                "[0]     | [1]     | [2]     | originals      | [t-0@1]",
                "[0]     | [1]     | [2]     | prefer-in-sync | [t-0@1]",
                "[0]     | [1]     | [2]     | returning      | [t-0@1]",
            })
    void eachPolicyDropsWhatItSays(String from, String to, String then, String policy, String dropped) {
        String added = ids(to).stream()
                .filter(id -> !ids(from).contains(id))
                .map(id -> "t-0@" + id)
                .collect(Collectors.joining(", "));
        SimulatedRun.Result result = play(
                policy,
                "topics: {t: {partitions: {0: " + from + "}, bytesPerPartition: 1MB}}\nsteps: [{hold: [" + added
                        + "]}, {request: {t-0: " + to + "}},"
                        + " {await: {inFlight: [t-0]}}, {request: {t-0: " + then + "}}, {release: all},"
                        + " {await: settled}]\nexpect: {replicas: {t-0: " + then + "}}\n");
        assertThat(result.report().drops().stream()
                        .map(drop -> drop.partition() + "@" + drop.broker())
                        .toList())
                .hasToString(dropped);
    }

    private static List<String> ids(String replicas) {
        return List.of(replicas.replaceAll("[\\[\\] ]", "").split(","));
    }

    private static SimulatedRun.Result play(String policy, String text) {
        Combination combination = new Combination("separate", "per-partition", policy, WriteMode.BATCHED);
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of("name: case\nbrokers: {count: 10}\n" + text), combination.mode());
        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        return result;
    }
}
