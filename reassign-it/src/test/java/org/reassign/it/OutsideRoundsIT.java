package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.WriteMode;
import org.reassign.it.ZooKeeperProxy.Moment;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.TopicRewrite;
import org.reassign.simulation.scenario.RunReport.PartitionReport;
import org.reassign.simulation.scenario.ScenarioParser;
import org.reassign.simulation.scenario.Step;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * Rounds drawn from seeds on a real server: while partitions move and are asked to go elsewhere, the connection of
 * controller or requester breaks at some packet, and somebody writes a topic or deletes a root. Two rounds in each build, 100 with {@code
 * -Prounds}; {@code -Dreassign.rounds.seed=S -Dreassign.rounds=1} plays one.
 */
@Execution(ExecutionMode.CONCURRENT)
class OutsideRoundsIT {
    private static final long FIRST = Long.getLong("reassign.rounds.seed", 0);
    private static final long ROUNDS = Long.getLong("reassign.rounds", 2);
    private static final String TOPIC = "/brokers/topics/orders";

    private static final List<TopicRewrite> HOW =
            List.of(TopicRewrite.FIELDS_LOST, TopicRewrite.OLD_REPLICAS, TopicRewrite.PARTITION_MISSING);

    private static final String SCENARIO = """
            name: rounds
            brokers: [0, 1, 2, 3, 4]
            topics: {orders: {partitions: {0: [0, 1], 1: [1, 2], 2: [2, 3]}, bytesPerPartition: 1MB}}
            replication: {bytesPerSecondPerBroker: 20MB, isrNotificationLinger: 50ms}
            steps:
              - hold: [orders-0@4]
              - request: {orders-0: [2, 4], orders-1: [3, 4], orders-2: [4, 0]}
              - sleep: 300ms
              - request: {orders-0: [3, 4], orders-1: [4, 0], orders-2: [0, 1]}
              - sleep: 300ms
              - release: all
              - await: settled
                timeout: 90s
            expect:
              replicas: {orders-0: [3, 4], orders-1: [4, 0], orders-2: [0, 1]}
              noLeftovers: true
            """;

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsAsAskedAndAgrees(long seed) throws IOException {
        try (Round round = new Round(new Random(seed))) {
            SimulatedRun.Result result = round.play();

            String story = "seed " + seed + ", " + round.choice + "\n" + String.join("\n", result.steps());
            assertThat(result.report().faults()).as(story).isEmpty();
            assertThat(result.report().partitions()).as(story).allMatch(OutsideRoundsIT::agrees);
        }
    }

    private static boolean agrees(PartitionReport partition) {
        return Set.copyOf(partition.isr()).equals(Set.copyOf(partition.replicas()))
                && partition.replicas().contains(partition.leader());
    }

    private static final class Round implements AutoCloseable {
        final Choice choice;
        private final Random random;
        private final EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
        private final ZooKeeperProxy proxy = new ZooKeeperProxy(server.address());
        private final ZkPort outsider = server.sessions().open("outsider");
        private final RealRun run;
        private Optional<ZkNode> early = Optional.empty();
        /** Whether the first request was recorded, and the controller knows it: another is refused for a missing partition. */
        private Optional<Boolean> recorded = Optional.empty();

        Round(Random random) throws IOException {
            this.random = random;
            choice = Choice.DEFAULT
                    .watchedBy(one(List.copyOf(Choice.WATCHERS.keySet())))
                    .in(one(List.copyOf(Choice.LAYOUTS.keySet())), one(List.of(WriteMode.values())));
            ZkSessions proxied = new CuratorSessions(proxy.address());
            ZkSessions direct = server.sessions();
            Set<String> behind = Set.of("controller", "requester");
            run = RealRun.on(actor -> (behind.contains(actor) ? proxied : direct).open(actor), choice.plugins());
        }

        private <T> T one(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        SimulatedRun.Result play() {
            return run.before(this::disturb)
                    .play(ScenarioParser.parse("rounds.yaml", SCENARIO, Path.of("")), choice.mode());
        }

        private void disturb(Step step) {
            if (step instanceof Step.Request) {
                early = early.or(
                        () -> outsider.getData(TOPIC).toCompletableFuture().join());
                int packets = random.nextInt(40);
                int from = proxy.seen().size() + packets;
                proxy.cutAt(packet -> proxy.seen().size() >= from, one(List.of(Moment.values())));
            } else if (step instanceof Step.Sleep) {
                recorded = recorded.or(() -> Optional.of(proxy.cut().isEmpty()));
                write();
            }
        }

        private void write() {
            if (random.nextBoolean()) {
                ZkNode now =
                        outsider.getData(TOPIC).toCompletableFuture().join().orElseThrow();
                TopicRewrite how = one(recorded.orElseThrow() ? HOW : HOW.subList(0, 2));
                commit(ZkWrite.setData(TOPIC, how.of("orders", 0, early.orElseThrow(), now), ZkWrite.ANY_VERSION));
            } else {
                delete(one(
                        List.of("/admin/reassignments", "/admin/reassignment_refusals", "/isr_change_notification")));
            }
        }

        private void delete(String path) {
            outsider.getChildren(path).toCompletableFuture().join().ifPresent(children -> {
                children.forEach(child -> delete(path + "/" + child));
                commit(ZkWrite.delete(path, ZkWrite.ANY_VERSION));
            });
        }

        /** Where brokers create notifications meanwhile, the rest of them stays. */
        private void commit(ZkWrite write) {
            outsider.commit(List.of(write))
                    .exceptionally(failure -> List.of())
                    .toCompletableFuture()
                    .join();
        }

        @Override
        public void close() throws IOException {
            run.close();
            outsider.close();
            proxy.close();
            server.close();
        }
    }
}
