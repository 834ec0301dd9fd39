package org.reassign.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.ZnodeKind;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.Expectation;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.Scenario.BrokerPlan;
import org.reassign.simulation.scenario.Scenario.Replication;
import org.reassign.simulation.scenario.Scenario.StepAt;
import org.reassign.simulation.scenario.Scenario.TopicPlan;
import org.reassign.simulation.scenario.Step;

/**
 * What the controller writes for one kind of reassignment of T topics with P partitions each, all partitions of a topic
 * in one turn: records, topic znodes and {@code state}, without the settlement of requests. Every partition starts on
 * two brokers, and is asked for on two others.
 */
enum Claim {
    /** [0,1] to [2,3]. */
    MOVE(new Writes(6, 0), new Writes(4, 0), new Writes(4, 2), new Writes(2, 2)),
    /** The same changed to [4,5] while nothing is in sync: D2 and D3 more, since D5 waits for S4. */
    RETARGET_THAT_ADDS(new Writes(3, 0), new Writes(2, 0), new Writes(2, 1), new Writes(1, 1)),
    /** The same changed to [0,2]: D3 lets go of 3. */
    RETARGET_THAT_ADDS_NOTHING(new Writes(3, 0), new Writes(2, 0), new Writes(2, 1), new Writes(1, 1)),
    /** The same cancelled while [0,1] is in sync: D2, one write of {@code state} that is D3 and S1, S4. */
    CANCEL(new Writes(5, 0), new Writes(3, 0), new Writes(3, 2), new Writes(1, 2));

    /** G1 and G2: what is written before a retarget, and by a move before its replicas are in sync. */
    private static final List<Writes> BEGINNING =
            List.of(new Writes(3, 0), new Writes(2, 0), new Writes(2, 1), new Writes(1, 1));

    private static final int BROKERS = 8;

    private final List<Writes> table;

    /** Columns as in the protocol's table: singly without and with the record in the topic znode, then batched. */
    Claim(Writes separate, Writes consolidated, Writes separateBatched, Writes consolidatedBatched) {
        table = List.of(separate, consolidated, separateBatched, consolidatedBatched);
    }

    /** Writes for each partition, and for each topic. */
    private record Writes(int perPartition, int perTopic) {
        long of(Shape shape) {
            return (long) shape.topics() * (shape.partitions() * perPartition + perTopic);
        }
    }

    /** How many topics, and how many partitions each. */
    record Shape(int topics, int partitions) {}

    /** The table's figure for a whole run: the beginning of a move, then this. */
    long writes(Choice choice, Shape shape) {
        boolean own = choice.layout().startsWith("separate");
        int column = (own ? 0 : 1) + (choice.mode() == WriteMode.BATCHED ? 2 : 0);
        long parents = choice.layout().equals("separate") ? 2L * shape.topics() : 0;
        long before = switch (this) {
            case MOVE -> 0;
            case RETARGET_THAT_ADDS, RETARGET_THAT_ADDS_NOTHING ->
                MOVE.table.get(column).of(shape);
            case CANCEL -> BEGINNING.get(column).of(shape);
        };
        return before + table.get(column).of(shape) + parents;
    }

    /** What was counted. */
    static long written(Cost controller) {
        return List.of(ZnodeKind.RECORD, ZnodeKind.TOPIC, ZnodeKind.STATE).stream()
                .mapToLong(kind -> controller.of(kind).writes())
                .sum();
    }

    Scenario scenario(Shape shape) {
        return scenario(shape, BROKERS);
    }

    /** The scenario; the replicas of partition p begin at broker p. */
    Scenario scenario(Shape shape, int brokers) {
        SortedMap<String, TopicPlan> topics = new TreeMap<>();
        for (int t = 0; t < shape.topics(); t++) {
            SortedMap<Integer, Replicas> assigned = new TreeMap<>();
            IntStream.range(0, shape.partitions()).forEach(p -> assigned.put(p, replicas(p, brokers, 0, 1)));
            topics.put("t" + t, new TopicPlan("t" + t, assigned, 0));
        }
        Requests requests = new Requests(shape, brokers);
        List<StepAt> numbered = new ArrayList<>();
        steps(requests).forEach(step -> numbered.add(new StepAt(numbered.size() + 1, step)));
        return new Scenario(
                "claim",
                name() + " " + shape,
                IntStream.range(0, brokers)
                        .mapToObj(id -> new BrokerPlan(id, Optional.empty()))
                        .toList(),
                topics,
                1,
                Optional.of(new Replication(50_000_000, Duration.ofMillis(50))),
                numbered,
                new Expectation(requests.ends(end()), new TreeMap<>(), new TreeMap<>(), true));
    }

    private int[] end() {
        return switch (this) {
            case MOVE -> new int[] {2, 3};
            case RETARGET_THAT_ADDS -> new int[] {4, 5};
            case RETARGET_THAT_ADDS_NOTHING -> new int[] {0, 2};
            case CANCEL -> new int[] {0, 1};
        };
    }

    private List<Step> steps(Requests requests) {
        Step settled = new Step.Await(List.of(new Step.Condition.Settled()), Duration.ofMinutes(2));
        Step move = requests.to(2, 3);
        if (this == MOVE) {
            return List.of(move, settled);
        }
        if (this == CANCEL) {
            return List.of(requests.hold(2, 3), move, requests.cancel(), settled);
        }
        return List.of(requests.hold(2, 3), move, requests.to(end()), new Step.Release(Optional.empty()), settled);
    }

    private static Replicas replicas(int partition, int brokers, int... places) {
        return new Replicas(IntStream.of(places)
                .map(place -> (partition + place) % brokers)
                .boxed()
                .toList());
    }

    /** Steps that name every partition. */
    private record Requests(Shape shape, int brokers) {
        Step to(int... places) {
            return request(p -> Optional.of(replicas(p, brokers, places)));
        }

        Step cancel() {
            return request(p -> Optional.empty());
        }

        Step hold(int... places) {
            List<Step.ReplicaName> replicas = new ArrayList<>();
            all().forEach(partition -> replicas(partition.partition(), brokers, places)
                    .ids()
                    .forEach(broker -> replicas.add(new Step.ReplicaName(partition, broker))));
            return new Step.Hold(replicas);
        }

        SortedMap<TopicPartition, Replicas> ends(int... places) {
            SortedMap<TopicPartition, Replicas> ends = new TreeMap<>();
            all().forEach(partition -> ends.put(partition, replicas(partition.partition(), brokers, places)));
            return ends;
        }

        private Step request(IntFunction<Optional<Replicas>> target) {
            SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
            all().forEach(partition -> targets.put(partition, target.apply(partition.partition())));
            return new Step.Request(
                    new ReassignmentRequest(targets, Optional.empty(), Optional.empty()), Optional.empty());
        }

        private List<TopicPartition> all() {
            return IntStream.range(0, shape.topics())
                    .boxed()
                    .flatMap(t -> IntStream.range(0, shape.partitions()).mapToObj(p -> new TopicPartition("t" + t, p)))
                    .toList();
        }
    }
}
