package org.reassign.simulation;

import java.nio.file.Path;
import org.reassign.core.scenario.Scenario;
import org.reassign.core.scenario.ScenarioParser;

/** The scenarios of the tests. */
final class Scenarios {
    static final String INTERRUPT = """
            name: interrupt
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - hold: [orders-0@3]
              - request: {orders-0: [2, 3]}
              - await: {inSync: {orders-0: [2]}}
              - request: {orders-0: [3, 4]}
              - release: all
              - await: settled
            expect: {replicas: {orders-0: [3, 4]}, noLeftovers: true}
            """;

    private Scenarios() {}

    static Scenario of(String text) {
        return ScenarioParser.parse("test.yaml", text, Path.of(""));
    }
}
