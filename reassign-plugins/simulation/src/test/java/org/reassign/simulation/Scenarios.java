package org.reassign.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.reassign.core.scenario.Expectation;
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

    /** The target changes while replicas catch up: leaders write the ISR when the controller wants to. */
    static final String RACING = """
            name: racing
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 2]}, bytesPerPartition: 10MB}
            steps:
              - request: {orders-0: [2, 3], orders-1: [3, 4]}
              - request: {orders-0: [3, 4], orders-1: [0, 3]}
              - await: settled
            expect: {replicas: {orders-0: [3, 4], orders-1: [0, 3]}, noLeftovers: true}
            """;

    /** The new target cannot get in sync: what the policy lets go of must go all the same, long before the end. */
    static final String STALLED = """
            name: stalled
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - hold: [orders-0@3, orders-0@4]
              - request: {orders-0: [2, 3]}
              - await: {inSync: {orders-0: [2]}}
              - request: {orders-0: [3, 4]}
              - sleep: 60s
              - release: all
              - await: settled
            expect: {replicas: {orders-0: [3, 4]}, noLeftovers: true}
            """;

    /** A broker dies that must delete: it owes, and pays when it is back. */
    static final String OWED = """
            name: owed
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [0, 4]}, bytesPerPartition: 10MB}
            steps:
              - kill: {broker: 0}
              - request: {orders-0: [2, 3], orders-1: [4, 2]}
              - await: settled
              - sleep: 10s
              - request: {orders-1: [4, 3]}
              - start: {broker: 0}
              - sleep: 4s
              - await: settled
            expect: {replicas: {orders-0: [2, 3], orders-1: [4, 3]}, noLeftovers: true}
            """;

    /** A broker of the target dies and comes back without its memory. */
    static final String RESTARTED = """
            name: restarted
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
              idle: {partitions: {0: [2, 3]}, bytesPerPartition: 1MB}
            steps:
              - hold: [orders-0@2]
              - request: {orders-0: [2, 3]}
              - await: {inSync: {orders-0: [3]}}
              - kill: {broker: 3}
              - sleep: 10s
              - start: {broker: 3}
              - await: {inSync: {idle-0: [2, 3]}}
              - release: all
              - await: settled
            expect: {replicas: {orders-0: [2, 3]}, noLeftovers: true}
            """;

    /** A topic goes while one of its partitions is in flight. */
    static final String DELETED = """
            name: deleted
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
              others: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - hold: [orders-0@3]
              - request: {orders-0: [2, 3], others-0: [1, 2]}
              - await: {inFlight: [orders-0]}
              - deleteTopic: orders
              - await: settled
            expect:
              replicas: {others-0: [1, 2]}
              answers: {orders-0: [topic-deleted|refused|completed]}
              noLeftovers: true
            """;

    /** One entry of a request is refused, the other one goes on. */
    static final String REFUSED = """
            name: refused
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 1MB}
            steps:
              - kill: {broker: 4}
              - request: {orders-0: [2, 4], orders-1: [1, 2]}
              - await: settled
              - request: {orders-0: null, orders-1: [2, 1]}
              - await: settled
            expect:
              replicas: {orders-0: [0, 1], orders-1: [2, 1]}
              answers: {orders-0: [refused|completed, refused|completed]}
              noLeftovers: true
            """;

    private static final Path SHIPPED = Path.of("../../reassign-cli/src/main/dist/scenarios");

    private Scenarios() {}

    /** Those that every disturbance is tried on, by name. */
    static Scenario disturbed(String name) {
        return switch (name) {
            case "racing" -> of(RACING);
            case "stalled" -> of(STALLED);
            case "owed" -> of(OWED);
            case "restarted" -> of(RESTARTED);
            case "deleted" -> of(DELETED);
            case "refused" -> of(REFUSED);
            default -> withoutAnswers(ScenarioParser.read(SHIPPED.resolve(name + ".yaml")));
        };
    }

    /** An answer may die with the controller that would have given it, and then counts as completed. */
    private static Scenario withoutAnswers(Scenario s) {
        Expectation ends = new Expectation(
                s.expect().replicas(),
                new TreeMap<>(),
                new TreeMap<>(),
                s.expect().noLeftovers());
        return new Scenario(
                s.file(), s.name(), s.brokers(), s.topics(), s.minInSyncReplicas(), s.replication(), s.steps(), ends);
    }

    static final List<String> DISTURBED = List.of(
            "interrupt",
            "cancel",
            "change-one",
            "shift-twice",
            "two-mechanisms",
            "racing",
            "stalled",
            "owed",
            "restarted",
            "deleted",
            "refused");

    static Scenario of(String text) {
        return ScenarioParser.parse("test.yaml", text, Path.of(""));
    }
}
