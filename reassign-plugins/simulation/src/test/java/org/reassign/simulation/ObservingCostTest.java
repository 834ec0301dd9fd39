package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.store.WriteMode;

/** What a run costs beside its controller: requests, observation and report cost in proportion to what moves. */
class ObservingCostTest {
    private static final int PER_TOPIC = 20;
    private static final int FEW = 5;
    private static final int MANY = 50;
    private static final double AT_MOST = 1.2;

    /** What is read of each topic: at the set-up, twice when it has settled, for the report. */
    private static final int READS_PER_TOPIC = 4;

    /** Roots, broker ids and the legacy znode, each time that the run looks whether it has settled. */
    private static final int READS_PER_RUN = 40;

    /** What one run cost those who look and those who ask. */
    private record Costs(Cost observer, Cost requester) {}

    @ParameterizedTest
    @ValueSource(strings = {"payload", "notify-names", "notify-scan", "legacy"})
    void aRunIsObservedAndReportedInProportionToItsPartitions(String channel) {
        Costs few = play(channel, FEW);
        Costs many = play(channel, MANY);

        int partitions = MANY * PER_TOPIC;
        assertThat(reads(many.observer()))
                .as("reads of the observer, of which the report makes one per partition")
                .isBetween((long) partitions, (long) partitions + MANY * READS_PER_TOPIC + READS_PER_RUN);
        assertThat((double) operations(many.requester()))
                .as("operations of the requester, where %s are enough for a tenth", operations(few.requester()))
                .isLessThanOrEqualTo(AT_MOST * operations(few.requester()) * MANY / FEW);
    }

    private static Costs play(String channel, int topics) {
        SimulatedRun run = new SimulatedRun(Combination.DEFAULT.plugins(channel, "arrival-order"), Disturbance.never());
        SimulatedRun.Result result =
                run.play(Scenarios.of("""
                        name: observed
                        brokers: {count: 6}
                        topics:
                          many: {count: COUNT, partitionsPerTopic: 20, replicationFactor: 2, bytesPerPartition: 0}
                        steps:
                          - request: {topics: many, shiftBy: 2}
                          - await: settled
                        expect: {noLeftovers: true}
                        """.replace("COUNT", Integer.toString(topics))), WriteMode.BATCHED);
        assertThat(result.report().faults()).isEmpty();
        assertThat(result.report().partitions()).hasSize(topics * PER_TOPIC);
        return new Costs(
                ((MeteredSessions) run.sessions()).cost("observer"),
                result.report().cost().zookeeper().requester());
    }

    private static long operations(Cost cost) {
        return reads(cost) + cost.create() + cost.setData() + cost.delete() + cost.check();
    }

    private static long reads(Cost cost) {
        return cost.getData() + cost.getChildren() + cost.exists();
    }
}
