package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.ScenarioParser;

/** Every shipped scenario settles as it expects, under every layout, watcher, drop policy and write mode. */
class ShippedScenariosTest {
    private static final Path SHIPPED = Path.of("../../reassign-cli/src/main/dist/scenarios");

    /** Every thirteenth combination of these; all with the profile {@code sweep}. */
    private static final Set<String> LARGE = Set.of("many.yaml", "claims-1x50.yaml", "claims-50x1.yaml");

    static List<Arguments> runs() throws IOException {
        List<Arguments> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(SHIPPED)) {
            List<Path> scenarios = files.sorted().toList();
            assertThat(scenarios).hasSizeGreaterThanOrEqualTo(6);
            for (Path file : scenarios) {
                String name = file.getFileName().toString();
                List<Combination> all = Combination.all();
                List<Combination> played = LARGE.contains(name) ? Sample.of(all, 13, 0) : all;
                played.forEach(combination -> runs.add(Arguments.of(name, combination)));
            }
        }
        return runs;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void settlesAsExpected(String file, Combination combination) {
        SimulatedRun.Result result = new SimulatedRun(combination.plugins(), Disturbance.never())
                .play(ScenarioParser.read(SHIPPED.resolve(file)), combination.mode());

        assertThat(result.report().faults())
                .as(String.join("\n", result.steps()))
                .isEmpty();
        assertThat(result.report().outcome()).isEqualTo(RunReport.Outcome.SETTLED);
        assertThat(result.report().leftovers()).isEmpty();
    }
}
