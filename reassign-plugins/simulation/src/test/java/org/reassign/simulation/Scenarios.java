package org.reassign.simulation;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.scenario.Expectation;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

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

    /** Layouts may keep the record of a-0 where others keep the parent of topic a-0. */
    static final String CROSSING = """
            name: crossing
            brokers: [0, 1, 2, 3]
            topics:
              a: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
              a-0: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - hold: [a-0@3, a-0-0@3]
              - request: {a-0: [2, 3], a-0-0: [2, 3]}
              - await: {inSync: {a-0: [2], a-0-0: [2]}}
              - release: all
              - await: settled
            expect: {replicas: {a-0: [2, 3], a-0-0: [2, 3]}, noLeftovers: true}
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
              - request: {orders-0: [3, 4]}
              - deleteTopic: orders
              - await: settled
            expect:
              replicas: {others-0: [1, 2]}
              answers:
                orders-0: [superseded|topic-deleted|refused|completed, topic-deleted|refused|completed]
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

    /** Requests that came while nobody led: the older one must not come after the newer one, whenever its znode goes. */
    static final String LATE_COMERS = """
            name: late-comers
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 1MB}
            steps:
              - kill: controller
              - request: {orders-0: [2, 3], orders-1: [4, 0]}
              - request: {orders-0: [3, 4]}
              - start: controller
              - await: settled
            expect:
              replicas: {orders-0: [3, 4], orders-1: [4, 0]}
              answers: {orders-0: [superseded|refused|completed, completed|unchanged]}
              noLeftovers: true
            """;

    /** What the legacy znode asks for is overridden by a request: it must be gone before it could come back. */
    static final String OVERRIDDEN = """
            name: overridden
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 10MB}
            steps:
              - hold: [orders-0@3, orders-1@3]
              - request: {orders-0: [2, 3], orders-1: [3, 1]}
                via: legacy
              - await: {inSync: {orders-0: [2]}}
              - request: {orders-0: [3, 4]}
              - release: all
              - await: settled
            expect: {replicas: {orders-0: [3, 4], orders-1: [3, 1]}, noLeftovers: true}
            """;

    /** The same while nobody led: both are read at once, and the entry is overridden before it ran. */
    static final String OVERTAKEN = """
            name: overtaken
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 1MB}
            steps:
              - kill: controller
              - request: {orders-0: [2, 3], orders-1: [4, 0]}
                via: legacy
              - request: {orders-0: [3, 4]}
              - start: controller
              - await: settled
            expect: {replicas: {orders-0: [3, 4], orders-1: [4, 0]}, noLeftovers: true}
            """;

    /** The original replicas are asked for by name, which is no cancel. */
    static final String NAMED_BACK = """
            name: named-back
            brokers: [0, 1, 2, 3]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - hold: [orders-0@3]
              - request: {orders-0: [2, 3]}
              - await: {inSync: {orders-0: [2]}}
              - request: {orders-0: [0, 1]}
              - release: all
              - await: settled
            expect: {replicas: {orders-0: [0, 1]}, noLeftovers: true}
            """;

    /** A broker is a replica again of which it owes the deletion: the debt is struck before it is asked for. */
    static final String FORGIVEN = """
            name: forgiven
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1]}, bytesPerPartition: 10MB}
            steps:
              - kill: {broker: 0}
              - request: {orders-0: [2, 3]}
              - await: settled
              - kill: controller
              - start: {broker: 0}
              - request: {orders-0: [0, 2]}
              - start: controller
              - await: settled
            expect: {replicas: {orders-0: [0, 2]}, noLeftovers: true}
            """;

    /** A topic goes right after one of its brokers came: what was to be said of it is said no more. */
    static final String GONE = """
            name: gone
            brokers: [0, 1, 2, 3, 4]
            topics:
              orders: {partitions: {0: [0, 1], 1: [1, 0]}, bytesPerPartition: 10MB}
              others: {partitions: {0: [0, 1]}, bytesPerPartition: 1MB}
            steps:
              - kill: {broker: 1}
              - start: {broker: 1}
              - request: {others-0: [1, 2]}
              - deleteTopic: orders
              - await: settled
              - sleep: 4s
              - await: settled
            expect: {replicas: {others-0: [1, 2]}, noLeftovers: true}
            """;

    private static final Path SHIPPED = Path.of("../../reassign-cli/src/main/dist/scenarios");

    private Scenarios() {}

    /** Those that every disturbance is tried on, by name. */
    static Scenario disturbed(String name) {
        return switch (name) {
            case "crossing" -> of(CROSSING);
            case "racing" -> of(RACING);
            case "stalled" -> of(STALLED);
            case "owed" -> of(OWED);
            case "restarted" -> of(RESTARTED);
            case "deleted" -> of(DELETED);
            case "refused" -> of(REFUSED);
            case "late-comers" -> of(LATE_COMERS);
            case "overridden" -> of(OVERRIDDEN);
            case "overtaken" -> of(OVERTAKEN);
            case "named-back" -> of(NAMED_BACK);
            case "forgiven" -> of(FORGIVEN);
            case "gone" -> of(GONE);
            default -> withoutAnswers(ScenarioParser.read(SHIPPED.resolve(name + ".yaml")));
        };
    }

    /** Answers are compared with those of the undisturbed run; only where one may be refused is that to be said. */
    private static Scenario withoutAnswers(Scenario s) {
        SortedMap<TopicPartition, List<Set<Answer.Outcome>>> any = new TreeMap<>();
        s.expect().answers().forEach((partition, answers) -> {
            if (answers.stream().anyMatch(answer -> answer.contains(Answer.Outcome.REFUSED))) {
                any.put(partition, Collections.nCopies(answers.size(), EnumSet.allOf(Answer.Outcome.class)));
            }
        });
        Expectation ends = new Expectation(
                s.expect().replicas(), any, new TreeMap<>(), s.expect().noLeftovers());
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
            "refused",
            "late-comers",
            "overridden",
            "overtaken",
            "forgiven",
            "gone");

    static Scenario of(String text) {
        return ScenarioParser.parse("test.yaml", text, Path.of(""));
    }
}
