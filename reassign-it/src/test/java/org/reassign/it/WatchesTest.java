package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.Disturbance;
import org.reassign.simulation.SimulatedRun;

/** Jun Rao's point 14: how many watches the controller has outstanding while N partitions are in flight. */
@Execution(ExecutionMode.CONCURRENT)
class WatchesTest {
    /** Those that lead, brokers, topics, requests and notifications need, whoever watches the ISR. */
    private static final int OTHERS_AT_MOST = 11;

    @ParameterizedTest
    @CsvSource({
        "per-partition, payload", "per-partition, notify-names", "per-partition, notify-scan",
        "batched, payload", "batched, notify-names", "batched, notify-scan",
        "recursive, payload", "recursive, notify-names", "recursive, notify-scan",
    })
    void perPartitionNeedsOneEachTheOthersOneInAllBesideAFixedFew(String watcher, String channel) {
        Choice choice =
                new Choice("consolidated", watcher, "prefer-in-sync", "arrival-order", channel, WriteMode.BATCHED);
        List<Long> others = List.of(
                others(choice, new Claim.Shape(1, 1), 4),
                others(choice, new Claim.Shape(1, 30), 4),
                others(choice, new Claim.Shape(30, 1), 4),
                others(choice, new Claim.Shape(5, 8), 40));

        assertThat(others).containsOnly(others.get(0)).allMatch(count -> count <= OTHERS_AT_MOST);
    }

    /** The watches beside those that the watcher is allowed for the partitions in flight. */
    private static long others(Choice choice, Claim.Shape shape, int brokers) {
        SimulatedRun.Result result = new SimulatedRun(choice.plugins(), Disturbance.never())
                .play(Claim.MOVE.scenario(shape, brokers), choice.mode());
        assertThat(result.report().faults()).isEmpty();
        long inFlight = (long) shape.topics() * shape.partitions();
        long most = result.report().cost().zookeeper().controller().watchesOutstandingMax();
        return most - (choice.watcher().equals("per-partition") ? inFlight : 1);
    }
}
