package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.ScenarioParser;

/** Steps of a scenario that another client or the network takes. */
class OutsideStepsTest {
    private static RunReport played(String... steps) {
        String scenario = """
                name: outside
                brokers: {count: 4}
                topics: {orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}}
                expect: {replicas: {orders-0: [2, 3]}, noLeftovers: true}
                steps:
                """ + "  - " + String.join("\n  - ", steps) + "\n";
        return new SimulatedRun(Combination.DEFAULT.plugins(), Disturbance.never())
                .play(ScenarioParser.parse("outside.yaml", scenario, Path.of("")), WriteMode.BATCHED)
                .report();
    }

    @Test
    void anotherClientSubmitsAndCancelsByWritingZnodes() {
        String path = "/admin/reassign_partitions";
        String entry = "'{\"version\":1,\"partitions\":[{\"topic\":\"orders\",\"partition\":0,\"replicas\":[%s]}]}'";
        assertThat(played(
                                "znode: {create: " + path + ", data: " + entry.formatted("1,2") + "}",
                                "await: {inFlight: [orders-0]}",
                                "znode: {set: " + path + ", data: " + entry.formatted("2,3") + "}",
                                "await: settled",
                                "znode: {create: /left}",
                                "znode: {delete: /left}")
                        .faults())
                .isEmpty();
    }

    @Test
    void aWriteThatZooKeeperRefusesEndsTheRun() {
        assertThat(played("znode: {delete: /nothing/there}").faults())
                .contains("outside.yaml:6: ZooKeeper refuses to delete /nothing/there: NO_NODE at /nothing/there");
    }

    @ParameterizedTest
    @CsvSource({"'connection: cut',sleep: 1ms", "'connection: block','connection: pass'"})
    void aMoveEndsAsAskedAlthoughTheControllersConnectionBreaks(String breaks, String comesBack) {
        RunReport report = played(
                "hold: [orders-0@1]",
                "request: {orders-0: [2, 3]}",
                breaks,
                "sleep: 50ms",
                comesBack,
                "request: {orders-0: [2, 3]}",
                "await: settled");
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void whileItsConnectionIsBlockedAControllerDoesNothing() {
        RunReport report =
                played("connection: block", "request: {orders-0: [2, 3]}", "await: settled\n    timeout: 5s");
        assertThat(report.outcome()).isEqualTo(RunReport.Outcome.TIMEOUT);
        assertThat(report.partitions().get(0).replicas()).containsExactly(0, 1);
    }
}
