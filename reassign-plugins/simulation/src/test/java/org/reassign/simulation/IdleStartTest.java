package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.meter.Cost;

/** A controller that starts where nothing is in flight and nothing has happened writes nothing but what it must. */
class IdleStartTest {
    private static final String IDLE = """
            name: idle
            brokers: [0, 1, 2]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 2]}, bytesPerPartition: 1MB}
            steps:
              - kill: controller
              - start: controller
              - await: settled
            expect: {replicas: {orders-0: [0, 1]}, noLeftovers: true}
            """;

    static List<Combination> combinations() {
        return Combination.batched();
    }

    /** It takes office, which are two writes in one transaction, and says when brokers have heard of all. */
    @ParameterizedTest
    @MethodSource("combinations")
    void writesItsElectionAndThatBrokersAreTended(Combination combination) {
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(Scenarios.of(IDLE), combination.mode());

        assertThat(result.report().faults()).isEmpty();
        Cost controller = result.report().cost().zookeeper().controller();
        assertThat(List.of(controller.create(), controller.setData(), controller.delete()))
                .as(controller.toString())
                .containsExactly(1L, 2L, 0L);
        assertThat(result.report().cost().brokers().leaderAndIsrRequests()).isZero();
        assertThat(result.report().cost().brokers().stopReplicaRequests()).isZero();
    }
}
