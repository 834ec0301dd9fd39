package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.SimulatedRun;

/** The thread's figures in real time on a real ZooKeeper, counted by the client and by the server. */
class ClaimsIT {
    private static final List<Claim.Shape> SHAPES =
            List.of(new Claim.Shape(1, 50), new Claim.Shape(50, 1), new Claim.Shape(10, 20));

    static Stream<Arguments> runs() {
        List<List<Object>> rows = new ArrayList<>();
        for (Claim claim : Claim.values()) {
            SHAPES.forEach(shape -> Choice.LAYOUTS.keySet().forEach(layout -> {
                for (WriteMode mode : WriteMode.values()) {
                    rows.add(List.of(claim, shape, layout, mode));
                }
            }));
        }
        return Covering.played(rows, 2).stream().map(List::toArray).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void theControllerWritesWhatTheTableSays(Claim claim, Claim.Shape shape, String layout, WriteMode mode) {
        Choice choice = Choice.DEFAULT.in(layout, mode);

        assertThat(written(claim, shape, choice)).isEqualTo(claim.writes(choice, shape));
    }

    /** Jun Rao's point 10: the writes (b) and (e) are saved, and the topics' parents with them. */
    @ParameterizedTest
    @CsvSource({"1, 50", "50, 1", "10, 20"})
    void consolidatingSavesTwoWritesAPartitionAndTwoATopic(int topics, int partitions) {
        Claim.Shape shape = new Claim.Shape(topics, partitions);
        long consolidated = written(Claim.MOVE, shape, Choice.DEFAULT.in("consolidated", WriteMode.SINGLE));
        long flat = written(Claim.MOVE, shape, Choice.DEFAULT.in("separate-flat", WriteMode.SINGLE));
        long separate = written(Claim.MOVE, shape, Choice.DEFAULT.in("separate", WriteMode.SINGLE));

        assertThat(flat - consolidated).isEqualTo(2L * topics * partitions);
        assertThat(separate - consolidated).isEqualTo(2L * topics * partitions + 2L * topics);
    }

    /** By the client's meter; the server has seen the same. */
    private static long written(Claim claim, Claim.Shape shape, Choice choice) {
        try (RealRun run = new RealRun(choice.plugins())) {
            SimulatedRun.Result result = run.play(claim.scenario(shape), choice.mode());
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
            Cost client = result.report().cost().zookeeper().controller();
            Cost server = run.serverCost("controller");
            for (ZnodeKind kind : List.of(ZnodeKind.RECORD, ZnodeKind.TOPIC, ZnodeKind.STATE)) {
                assertThat(server.of(kind))
                        .as(kind.label())
                        .usingRecursiveComparison()
                        .ignoringFields("removeWatches") // not awaited: some are still on their way to the server
                        .isEqualTo(client.of(kind));
            }
            return Claim.written(client);
        }
    }
}
