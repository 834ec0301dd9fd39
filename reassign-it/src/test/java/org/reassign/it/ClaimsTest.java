package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.Disturbance;
import org.reassign.simulation.SimulatedRun;

/** The thread's figures, in virtual time: what each layout and write mode writes, and what consolidating saves. */
@Execution(ExecutionMode.CONCURRENT)
class ClaimsTest {
    private static final List<Claim.Shape> SHAPES =
            List.of(new Claim.Shape(1, 50), new Claim.Shape(50, 1), new Claim.Shape(10, 20));

    static Stream<Arguments> runs() {
        return Covering.played(rows(), 3).stream().map(List::toArray).map(Arguments::of);
    }

    private static List<List<Object>> rows() {
        List<List<Object>> rows = new ArrayList<>();
        for (Claim claim : Claim.values()) {
            SHAPES.forEach(shape -> Choice.LAYOUTS
                    .keySet()
                    .forEach(layout -> Choice.WATCHERS.keySet().forEach(watcher -> {
                        for (WriteMode mode : WriteMode.values()) {
                            rows.add(List.of(claim, shape, layout, watcher, mode));
                        }
                    })));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theControllerWritesWhatTheTableSays(
            Claim claim, Claim.Shape shape, String layout, String watcher, WriteMode mode) {
        Choice choice = Choice.DEFAULT.in(layout, mode).watchedBy(watcher);

        assertThat(Claim.written(play(claim, shape, choice))).isEqualTo(claim.writes(choice, shape));
    }

    static Stream<Arguments> readRows() {
        List<List<Object>> rows = new ArrayList<>();
        for (Claim claim : List.of(Claim.MOVE, Claim.CANCEL)) {
            SHAPES.forEach(shape -> Choice.LAYOUTS
                    .keySet()
                    .forEach(layout -> Choice.WATCHERS
                            .keySet()
                            .forEach(watcher -> rows.add(List.of(claim, shape, layout, watcher)))));
        }
        return Covering.played(rows, 2).stream().map(List::toArray).map(Arguments::of);
    }

    /**
     * A partition's {@code state} is read before it is written and at each change that the watcher tells of. A watch that is
     * left by a read ({@code per-partition}) must be left again after the core's own two writes. A topic is read once for each request that names it; min.insync.replicas, once a
     * topic, only where something may be dropped.
     */
    @ParameterizedTest
    @MethodSource("readRows")
    void theControllerReadsInProportion(Claim claim, Claim.Shape shape, String layout, String watcher) {
        Cost cost =
                play(claim, shape, Choice.DEFAULT.in(layout, WriteMode.BATCHED).watchedBy(watcher));
        long perPartition = watcher.equals("per-partition") ? 4 : 2;
        long requests = claim == Claim.CANCEL ? 2 : 1;

        assertThat(cost.of(ZnodeKind.STATE).getData())
                .as("reads of state")
                .isEqualTo(perPartition * shape.topics() * shape.partitions());
        assertThat(cost.of(ZnodeKind.TOPIC).getData()).as("reads of topics").isZero();
        assertThat(cost.of(ZnodeKind.TOPIC).exists())
                .as("looks at the version of topics")
                .isEqualTo(requests * shape.topics());
        assertThat(cost.of(ZnodeKind.OTHER).getData())
                .as("reads of min.insync.replicas")
                .isEqualTo(claim == Claim.CANCEL ? shape.topics() : 0);
    }

    /** Jun Rao's point 10: the writes (b) and (e) are saved, and the topics' parents with them. */
    @ParameterizedTest
    @CsvSource({"1, 50", "50, 1", "10, 20"})
    void consolidatingSavesTwoWritesAPartitionAndTwoATopic(int topics, int partitions) {
        Claim.Shape shape = new Claim.Shape(topics, partitions);
        long consolidated = written(shape, "consolidated");

        assertThat(written(shape, "separate-flat") - consolidated).isEqualTo(2L * topics * partitions);
        assertThat(written(shape, "separate") - consolidated).isEqualTo(2L * topics * partitions + 2L * topics);
    }

    /** The others wait for it, so that the topic is written once for all. */
    @ParameterizedTest
    @MethodSource("layouts")
    void aBrokerThatIsLateToDeleteCostsNoFurtherWrite(String layout) {
        Choice choice = Choice.DEFAULT.in(layout, WriteMode.BATCHED);
        Claim.Shape shape = new Claim.Shape(2, 16);
        SimulatedRun.Result result = new SimulatedRun(
                        choice.plugins(OnStop.isLate(1, Duration.ofMillis(100))), Disturbance.never())
                .play(Claim.MOVE.scenario(shape), choice.mode());

        assertThat(Claim.written(result.report().cost().zookeeper().controller()))
                .isEqualTo(Claim.MOVE.writes(choice, shape));
    }

    static Set<String> layouts() {
        return Choice.LAYOUTS.keySet();
    }

    private static long written(Claim.Shape shape, String layout) {
        return Claim.written(play(Claim.MOVE, shape, Choice.DEFAULT.in(layout, WriteMode.SINGLE)));
    }

    private static Cost play(Claim claim, Claim.Shape shape, Choice choice) {
        SimulatedRun.Result result =
                new SimulatedRun(choice.plugins(), Disturbance.never()).play(claim.scenario(shape), choice.mode());
        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        return result.report().cost().zookeeper().controller();
    }
}
