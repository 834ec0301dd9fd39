package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.ScenarioParser;

/** A vendor's layout that keeps one znode per topic, below a root of its own, is as good as a shipped one. */
class VendorLayoutTest {
    private static final Path SHIPPED = Path.of("../../reassign-cli/src/main/dist/scenarios");

    static List<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (String scenario : List.of("cancel", "change-one", "shift-twice", "crash", "interrupt", "two-mechanisms")) {
            for (WriteMode mode : WriteMode.values()) {
                runs.add(Arguments.of(scenario, mode));
            }
        }
        return runs;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void settlesAsExpectedAndItsRecordsAreCounted(String scenario, WriteMode mode) {
        SimulatedRun.Result result = new SimulatedRun(
                        Combination.DEFAULT.in(Combination.VENDOR).plugins(), Disturbance.never())
                .play(ScenarioParser.read(SHIPPED.resolve(scenario + ".yaml")), mode);

        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        assertThat(result.report().outcome()).isEqualTo(RunReport.Outcome.SETTLED);
        assertThat(result.report().leftovers()).isEmpty();
        Cost cost = result.report().cost().zookeeper().controller();
        assertThat(cost.of(ZnodeKind.RECORD).create()).isPositive();
        assertThat(cost.of(ZnodeKind.RECORD).delete()).isPositive();
    }
}
