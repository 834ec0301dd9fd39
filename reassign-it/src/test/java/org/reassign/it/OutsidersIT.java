package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

/** The steps of another client and of the network, on a real ZooKeeper. */
class OutsidersIT {
    private static final Scenario SCENARIO = ScenarioParser.read(Path.of("../docs/scenarios/outsiders.yaml"));

    @Test
    void theRunEndsOnWhatTheOtherClientAskedForWhileTheControllerHadNoConnection() {
        try (RealRun run = new RealRun(Choice.DEFAULT.plugins())) {
            SimulatedRun.Result result = run.play(SCENARIO, Choice.DEFAULT.mode());
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
        }
    }
}
