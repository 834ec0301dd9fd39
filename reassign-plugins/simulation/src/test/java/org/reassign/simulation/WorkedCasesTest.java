package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.store.WriteMode;

/** The worked cases of the protocol that need a cluster to be seen. */
class WorkedCasesTest {
    private static final String MANY = "brokers: {count: 10}\n";

    static List<Combination> combinations() {
        return Combination.all();
    }

    private static SimulatedRun.Result play(Combination combination, String text) {
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of("name: case\n" + text), combination.mode());
        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        assertThat(result.report().leftovers()).isEmpty();
        return result;
    }

    private static String topic(String replicas) {
        return "topics: {t: {partitions: {0: " + replicas + "}, bytesPerPartition: 1MB}}\n";
    }

    private static List<String> drops(SimulatedRun.Result result) {
        return result.report().drops().stream()
                .map(drop -> drop.partition() + "@" + drop.broker())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case1GrowsTargetFirstAndEndsWithTheTarget(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[1, 2, 3]") + "steps: [{request: {t-0: [4, 5, 6]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [4, 5, 6]}}\n");
        assertThat(result.steps()).contains("t-0 G1 target [4,5,6], assigned [4,5,6,1,2,3]");
        assertThat(drops(result)).isEmpty();
    }

    @Test
    void case2KeepsWhatBothHold() {
        SimulatedRun.Result result = play(
                Combination.DEFAULT,
                MANY + topic("[1, 2, 3, 4]") + "steps: [{request: {t-0: [4, 2, 5, 3]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [4, 2, 5, 3]}}\n");
        assertThat(result.steps()).contains("t-0 G1 target [4,2,5,3], assigned [4,2,5,3,1]");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case3AnotherOrderIsOneTopicWrite(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[1, 2, 3]") + "steps: [{request: {t-0: [3, 1, 2]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [3, 1, 2]}, answers: {t-0: [completed]}}\n");
        assertThat(result.steps()).containsExactly("t-0 A4 accepted [3,1,2] from request_0000000000");
        assertThat(result.report()
                        .cost()
                        .zookeeper()
                        .controller()
                        .byKind()
                        .get("topic")
                        .setData())
                .isEqualTo(1);
    }

    @Test
    void case4OriginalsLetsGoOfTheTargetBefore() {
        SimulatedRun.Result result = play(
                new Combination("separate", "per-partition", "originals", WriteMode.BATCHED),
                MANY + topic("[1, 2, 3]")
                        + "steps: [{hold: [t-0@4, t-0@5, t-0@6]}, {request: {t-0: [4, 5, 6]}},"
                        + " {await: {inFlight: [t-0]}}, {request: {t-0: [7, 8, 9]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [7, 8, 9]}}\n");
        assertThat(drops(result)).containsExactlyInAnyOrder("t-0@4", "t-0@5", "t-0@6");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case5ACancelEndsWithTheOriginalAndDeletesTheRest(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[1, 2, 3]")
                        + "steps: [{hold: [t-0@4]}, {request: {t-0: [4, 5, 6]}}, {await: {inFlight: [t-0]}},"
                        + " {request: {t-0: null}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [1, 2, 3]}, answers: {t-0: [cancelled, completed]}}\n");
        List.of(4, 5, 6)
                .forEach(broker -> assertThat(result.disks().get(broker)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case6WhatBothTargetsHoldIsNeverDroppedAndCopiedOnce(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[0, 1, 2]")
                        + "steps: [{hold: [t-0@3]}, {request: {t-0: [1, 2, 3]}}, {await: {inFlight: [t-0]}},"
                        + " {request: {t-0: [2, 3, 4]}}, {release: all}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [2, 3, 4]}}\n");
        assertThat(drops(result)).doesNotContain("t-0@3");
        assertThat(result.report().cost().brokers().bytesCopied()).isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case7AChainEndsWithItsLast(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[0]")
                        + "steps: [{hold: [t-0@1, t-0@2]}, {request: {t-0: [1]}}, {await: {inFlight: [t-0]}},"
                        + " {request: {t-0: [2]}}, {request: {t-0: [3]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [3]}, answers: {t-0: [superseded, superseded, completed]}}\n");
        assertThat(result.disks().get(3)).isNotEmpty();
        List.of(0, 1, 2)
                .forEach(broker -> assertThat(result.disks().get(broker)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case8ADeadBrokerInTheTargetStallsUntilItIsBack(Combination combination) {
        play(
                combination,
                MANY + topic("[0, 3]")
                        + "steps: [{hold: [t-0@2]}, {request: {t-0: [2, 3]}}, {await: {inFlight: [t-0]}},"
                        + " {kill: {broker: 3}}, {release: all}, {await: {inSync: {t-0: [2]}}},"
                        + " {await: {inFlight: [t-0]}}, {start: {broker: 3}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [2, 3]}}\n");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case14GrowOnlyShrinksNothingAndShrinkOnlyGrowsNothing(Combination combination) {
        SimulatedRun.Result grown = play(
                combination,
                "brokers: [100, 101, 102]\n" + topic("[100, 101]")
                        + "steps: [{request: {t-0: [100, 101, 102]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [100, 101, 102]}}\n");
        assertThat(grown.steps()).noneMatch(step -> step.contains(" S1 "));
        SimulatedRun.Result shrunk = play(
                combination,
                "brokers: [100, 101, 102]\n" + topic("[100, 102]")
                        + "steps: [{request: {t-0: [102]}}, {await: settled}]\nexpect: {replicas: {t-0: [102]}}\n");
        assertThat(shrunk.steps()).noneMatch(step -> step.contains(" G2 "));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case15TheLeaderMovesBeforeItsReplicaIsStopped(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[0, 1]") + "steps: [{request: {t-0: [1, 2]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [1, 2]}}\n");
        assertThat(result.report().partitions().get(0).leader()).isEqualTo(1);
        assertThat(result.disks().get(0)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case16ADeletionIsOwedToADeadBrokerAndPaidWhenItIsBack(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[0, 1]")
                        + "steps: [{kill: {broker: 0}}, {request: {t-0: [2, 3]}}, {await: settled},"
                        + " {start: {broker: 0}}, {await: settled}]\nexpect: {replicas: {t-0: [2, 3]}}\n");
        assertThat(result.disks().get(0)).isEqualTo(new TreeMap<>());
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void case16ARequestThatBringsTheBrokerBackCancelsTheDebt(Combination combination) {
        SimulatedRun.Result result = play(
                combination,
                MANY + topic("[0, 1]")
                        + "steps: [{kill: {broker: 0}}, {request: {t-0: [2, 3]}}, {await: settled},"
                        + " {start: {broker: 0}}, {request: {t-0: [0, 2]}}, {await: settled}]\n"
                        + "expect: {replicas: {t-0: [0, 2]}}\n");
        assertThat(result.disks().get(0)).hasSize(1);
    }

    /** The drops that each policy makes, in the order made. */
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
                new Combination("separate", "per-partition", policy, WriteMode.BATCHED),
                MANY + topic(from) + "steps: [{hold: [" + added + "]}, {request: {t-0: " + to + "}},"
                        + " {await: {inFlight: [t-0]}}, {request: {t-0: " + then + "}}, {release: all},"
                        + " {await: settled}]\nexpect: {replicas: {t-0: " + then + "}}\n");
        assertThat(drops(result)).hasToString(dropped);
    }

    private static List<String> ids(String replicas) {
        return List.of(replicas.replaceAll("[\\[\\] ]", "").split(","));
    }

    static List<Combination> cut() {
        return List.of(Combination.DEFAULT, Combination.CONSOLIDATED_BATCHED, Combination.SEPARATE_SINGLE);
    }

    /** G1 is written and G2 is not: the successor raises the epoch once and goes on; what it sends is heeded. */
    @ParameterizedTest
    @MethodSource("cut")
    void case17ACrashBetweenG1AndG2IsRecoveredByOneRaise(Combination combination) {
        Disturbance never = Disturbance.never();
        new SimulatedRun(combination.plugins(), never).play(Scenarios.of(Scenarios.INTERRUPT), combination.mode());
        boolean seen = false;
        for (int effect = 0; effect < never.seen() && !seen; effect++) {
            Disturbance crash = Disturbance.of(Disturbance.Kind.CRASH_BEFORE, effect);
            SimulatedRun.Result result = new SimulatedRun(combination.plugins(), crash)
                    .play(Scenarios.of(Scenarios.INTERRUPT), combination.mode());
            seen = crash.disturbed().orElseThrow().contains("SetData /brokers/topics/orders/partitions/0/state");
            assertThat(result.report().faults()).isEmpty();
            assertThat(result.steps().stream().filter(step -> step.endsWith("isr [0,1], epoch 1")))
                    .as("raised once, whoever raises it: %s", result.steps())
                    .hasSize(1);
        }
        assertThat(seen).as("a crash right before G2's write").isTrue();
    }
}
