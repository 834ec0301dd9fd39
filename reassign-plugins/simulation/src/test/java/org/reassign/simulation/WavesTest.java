package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.store.WriteMode;

/** What goes beyond the limits waits where it was handed in, and follows when there is room. */
class WavesTest {
    private static final String MANY = """
            name: waves
            brokers: {count: 6}
            topics:
              many: {count: 2, partitionsPerTopic: 20, replicationFactor: 2, bytesPerPartition: 1MB}
            steps:
              - request: {topics: many, shiftBy: 2}
              - await: settled
            expect: {noLeftovers: true}
            """;

    /** The same while nobody leads, and the controller dies when a part is done. */
    private static final String CUT = """
            name: cut
            brokers: {count: 6}
            topics:
              many: {count: 2, partitionsPerTopic: 20, replicationFactor: 2, bytesPerPartition: 1MB}
            steps:
              - kill: controller
              - request: {topics: many, shiftBy: 2}
                via: VIA
              - start: controller
              - sleep: 300ms
              - kill: controller
              - start: controller
              - await: settled
            expect: {noLeftovers: true}
            """;

    @ParameterizedTest
    @CsvSource({
        "separate, payload, BATCHED",
        "separate-flat, payload, SINGLE",
        "consolidated, notify-names, BATCHED",
        "kip-455, notify-scan, PIPELINED",
        "separate, legacy, BATCHED"
    })
    void neverMoreInFlightThanTheLimits(String layout, String channel, WriteMode mode) {
        for (String scenario : new String[] {MANY, CUT.replace("VIA", channel)}) {
            Combination combination = new Combination(layout, "per-partition", "prefer-in-sync", mode);
            SimulatedRun.Result result = new SimulatedRun(
                            combination.plugins(channel, "arrival-order"), Disturbance.never())
                    .with(settings -> settings.with(true, new InFlightLimits(7, 3)))
                    .play(Scenarios.of(scenario), mode);

            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
            assertThat(result.report().partitions()).hasSize(40);
            assertThat(most(result)).isBetween(2, 7);
        }
    }

    /** When t-0 is done the legacy znode is rewritten, which must not make its entry for t-1 newer than the request. */
    @Test
    void anEntryThatWaitsGrowsNoYounger() {
        SimulatedRun.Result result = new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .with(settings -> settings.with(true, new InFlightLimits(1, 1)))
                .play(Scenarios.of("""
                        name: ages
                        brokers: [0, 1, 2, 3, 4]
                        topics: {t: {partitions: {0: [0, 1], 1: [0, 1]}, bytesPerPartition: 1MB}}
                        steps:
                          - kill: controller
                          - {request: {t-0: [2, 3], t-1: [2, 3]}, via: legacy}
                          - request: {t-1: [3, 4]}
                          - start: controller
                          - await: settled
                        expect:
                          replicas: {t-0: [2, 3], t-1: [3, 4]}
                          answers: {t-0: [completed], t-1: [superseded, completed]}
                          noLeftovers: true
                        """), WriteMode.BATCHED);

        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
    }

    /** The most partitions between G1 and S4 at one time. */
    private static int most(SimulatedRun.Result result) {
        Set<String> inFlight = new TreeSet<>();
        int most = 0;
        for (String step : result.steps()) {
            String[] words = step.split(" ");
            if (words[1].equals("G1")) {
                inFlight.add(words[0]);
            } else if (words[1].equals("S4")) {
                inFlight.remove(words[0]);
            }
            most = Math.max(most, inFlight.size());
        }
        return most;
    }
}
