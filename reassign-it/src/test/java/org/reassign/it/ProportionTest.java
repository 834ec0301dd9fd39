package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.meter.Cost;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.Disturbance;
import org.reassign.simulation.SimulatedRun;

/**
 * What a move costs ZooKeeper is in proportion to its partitions: among ten times as many one costs no more. Each layout
 * and each watcher is played, all pairs of them in the matrix.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProportionTest {
    private static final int PER_TOPIC = 100;
    private static final int FEW = 1_000;
    private static final int MANY = 10_000;
    private static final double AT_MOST = 1.2;

    static Stream<Arguments> choices() {
        List<List<Object>> rows = new ArrayList<>();
        Choice.LAYOUTS
                .keySet()
                .forEach(layout -> Choice.WATCHERS.keySet().forEach(watcher -> rows.add(List.of(layout, watcher))));
        return Covering.played(rows, 1).stream().map(List::toArray).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aPartitionCostsNoMoreAmongManyThanAmongFew(String layout, String watcher) {
        Choice choice = Choice.DEFAULT.in(layout, WriteMode.BATCHED).watchedBy(watcher);
        Cost few = play(choice, FEW);
        Cost many = play(choice, MANY);

        assertInProportion("reads", reads(few), reads(many));
        assertInProportion("operations", operations(few), operations(many));
        assertInProportion("bytes written", few.bytesWritten(), many.bytesWritten());
    }

    private static void assertInProportion(String what, long few, long many) {
        assertThat((double) many / MANY)
                .as(what + " per partition among " + MANY)
                .isLessThanOrEqualTo(AT_MOST * few / FEW);
    }

    private static long operations(Cost cost) {
        return reads(cost) + cost.create() + cost.setData() + cost.delete() + cost.check();
    }

    private static long reads(Cost cost) {
        return cost.getData() + cost.getChildren() + cost.exists() + cost.addWatch();
    }

    private static Cost play(Choice choice, int partitions) {
        SimulatedRun.Result result = new SimulatedRun(choice.plugins(), Disturbance.never())
                .play(Claim.MOVE.scenario(new Claim.Shape(partitions / PER_TOPIC, PER_TOPIC)), choice.mode());
        assertThat(result.report().faults()).isEmpty();
        return result.report().cost().zookeeper().controller();
    }
}
