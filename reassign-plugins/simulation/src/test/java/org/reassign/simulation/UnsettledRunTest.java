package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.simulation.scenario.RunReport;

/** A run that does not come to its end says what waits for what, and how long it took. */
class UnsettledRunTest {
    private static final String CLUSTER = """
            name: unsettled
            brokers: {count: 5}
            topics: {orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 100MB}}
            """;

    private static RunReport play(String steps) {
        return new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .play(Scenarios.of(CLUSTER + steps), Combination.DEFAULT.mode())
                .report();
    }

    @Test
    void aBrokerThatIsGoneIsNamedWithTheTimeSinceWhen() {
        RunReport report = play("""
                steps:
                  - hold: [orders-0@3]
                  - request: {orders-0: [2, 3]}
                  - kill: {broker: 3}
                  - {await: settled, timeout: 20s}
                """);

        assertThat(report.outcome()).isEqualTo(RunReport.Outcome.TIMEOUT);
        assertThat(report.faults().get(0))
                .matches(".*:8: after 20 s the cluster has not settled: orders-0 waits for broker 3, which is not"
                        + " registered since \\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void aReplicaThatTheScenarioHoldsIsNamedWithTheLine() {
        RunReport report = play("""
                steps:
                  - hold: [orders-0@3]
                  - request: {orders-0: [2, 3]}
                  - {await: {inSync: {orders-0: [3]}}, timeout: 20s}
                """);

        assertThat(report.faults().get(0))
                .contains("orders-0 is not in sync on [3]")
                .endsWith(": orders-0 waits for broker 3 to be in sync, which is held since line 5");
    }

    @Test
    void aRequestThatIsNotTakenSaysWhatIsInItsWay() {
        RunReport report = new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .with(settings -> settings.with(true, new InFlightLimits(1, Integer.MAX_VALUE)))
                .play(Scenarios.of(CLUSTER + """
                        steps:
                          - hold: [orders-0@3]
                          - {request: {orders-0: [2, 3], orders-1: [2, 3]}, timeout: 20s}
                        """), Combination.DEFAULT.mode())
                .report();

        assertThat(report.faults().get(0))
                .contains(
                        "the controller has neither recorded nor answered orders-1 of request_0000000000 within 20 s: "
                                + "orders-0 waits for broker 3 to be in sync");
    }

    @Test
    void timeAndCostAreThoseOfTheRealEndWithoutAnAwait() {
        RunReport report = play("steps: [request: {orders-0: [2, 3]}]\n");

        assertThat(report.faults()).isEmpty();
        assertThat(report.millis().total()).isGreaterThan(2_000);
        assertThat(report.cost().brokers().leaderAndIsrRequests()).isPositive();
        assertThat(report.cost().brokers().bytesCopied()).isEqualTo(200_000_000);
    }

    @Test
    void alsoOfARunThatDoesNotSettle() {
        RunReport report = play("steps: [hold: [orders-0@3], request: {orders-0: [2, 3]}]\n");

        assertThat(report.outcome()).isEqualTo(RunReport.Outcome.TIMEOUT);
        assertThat(report.millis().total()).isGreaterThanOrEqualTo(30_000);
    }

    /** Twenty at 2 s each, one at a time. */
    private static RunReport waves(String steps) {
        return new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .with(settings -> settings.with(true, new InFlightLimits(1, Integer.MAX_VALUE)))
                .play(Scenarios.of("""
                        name: waves
                        brokers: {count: 4}
                        topics: {many: {count: 1, partitionsPerTopic: 20, replicationFactor: 1, bytesPerPartition: 100MB}}
                        """ + steps), Combination.DEFAULT.mode())
                .report();
    }

    @Test
    void theLimitOfARequestFollowsTheTimeoutBesideIt() {
        assertThat(waves("steps: [{request: {topics: many, shiftBy: 1}, timeout: 120s}]\n")
                        .faults())
                .isEmpty();
        assertThat(waves("steps: [{request: {topics: many, shiftBy: 1}}, {await: settled, timeout: 120s}]\n")
                        .faults())
                .isEmpty();
        assertThat(waves(
                                "steps: [{request: {topics: many, shiftBy: 1}, timeout: 1s}, {await: settled, timeout: 120s}]\n")
                        .faults())
                .hasSize(1);
    }
}
