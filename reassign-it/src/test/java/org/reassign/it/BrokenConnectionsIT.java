package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.it.ZooKeeperProxy.Moment;
import org.reassign.simulation.SimulatedRun;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * The connection of controller or requester breaks at each kind of packet of an interrupted reassignment, before the
 * request has arrived and before its answer has: it ends as asked, and no request is written twice. Under {@code -Pmatrix}
 * with each watcher and layout.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenConnectionsIT {
    private static final boolean WHOLE = Boolean.getBoolean("reassign.matrix");

    private static final Scenario INTERRUPT = ScenarioParser.parse("interrupt.yaml", """
            name: interrupt
            brokers: [0, 1, 2, 3, 4]
            topics: {orders: {partitions: {0: [0, 1]}, bytesPerPartition: 1MB}}
            replication: {bytesPerSecondPerBroker: 50MB, isrNotificationLinger: 50ms}
            steps:
              - hold: [orders-0@3]
              - request: {orders-0: [2, 3]}
              - await: {inSync: {orders-0: [2]}}
              - request: {orders-0: [3, 4]}
              - release: all
              - await: settled
            expect:
              replicas: {orders-0: [3, 4]}
              noLeftovers: true
            """, Path.of(""));

    static Stream<Choice> choices() {
        if (!WHOLE) {
            return Stream.of(Choice.DEFAULT);
        }
        return Choice.WATCHERS.keySet().stream()
                .flatMap(watcher -> Choice.LAYOUTS.keySet().stream()
                        .map(layout -> Choice.DEFAULT.watchedBy(watcher).in(layout, Choice.DEFAULT.mode())));
    }

    static Stream<Arguments> cuts() {
        return choices()
                .flatMap(choice -> kinds(choice).stream()
                        .flatMap(kind -> Stream.of(Moment.values()).map(moment -> Arguments.of(choice, kind, moment))));
    }

    /** What the packets ask after the controller leads, in a run that nothing disturbs. */
    private static Set<String> kinds(Choice choice) {
        Set<String> kinds = new TreeSet<>();
        try (Proxied proxied = new Proxied(choice)) {
            int[] before = {0};
            proxied.run.before(
                    step -> before[0] = before[0] == 0 ? proxied.proxy.seen().size() : before[0]);
            assertThat(proxied.play().report().faults()).isEmpty();
            List<Packet> seen = proxied.proxy.seen();
            seen.subList(before[0], seen.size()).forEach(packet -> kinds.addAll(packet.kinds()));
        } catch (IOException e) {
            throw new IllegalStateException("the proxy could not be started", e);
        }
        assertThat(kinds).contains("create /admin/reassignment_requests/request_", "setData /brokers/topics/orders");
        return kinds;
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void endsAsAsked(Choice choice, String kind, Moment moment) throws IOException {
        try (Proxied proxied = new Proxied(choice)) {
            proxied.run.before(step -> {
                if (step == INTERRUPT.steps().get(0).step()) {
                    proxied.proxy.cutAt(packet -> packet.kinds().contains(kind), moment);
                }
            });
            SimulatedRun.Result result = proxied.play();

            assertThat(proxied.proxy.cut()).as("the packet at which it broke").isPresent();
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
            assertThat(proxied.requests()).as("requests ever written").isEqualTo(2);
        }
    }

    /** No client has a connection when the second request is submitted, neither brokers nor observers. */
    @Test
    void whatIsAskedWithoutAConnectionIsSubmittedWhenItIsBack() throws IOException {
        try (Proxied proxied = new Proxied(Choice.DEFAULT, actor -> true)) {
            proxied.run.before(step -> {
                if (step == INTERRUPT.steps().get(3).step()) {
                    proxied.proxy.block(20);
                }
            });
            SimulatedRun.Result result = proxied.play();

            assertThat(proxied.proxy.stillToRefuse()).isZero();
            assertThat(result.report().faults())
                    .as(String.join("\n", result.steps()))
                    .isEmpty();
            assertThat(proxied.requests()).as("requests ever written").isEqualTo(2);
        }
    }

    /** A run whose controller and requester reach ZooKeeper through a proxy. */
    private static final class Proxied implements AutoCloseable {
        final EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
        final ZooKeeperProxy proxy = new ZooKeeperProxy(server.address());
        final RealRun run;
        private final Choice choice;

        Proxied(Choice choice) throws IOException {
            this(choice, Set.of("controller", "requester")::contains);
        }

        Proxied(Choice choice, Predicate<String> actors) throws IOException {
            this.choice = choice;
            ZkSessions proxied = new CuratorSessions(proxy.address());
            ZkSessions direct = server.sessions();
            run = RealRun.on(actor -> (actors.test(actor) ? proxied : direct).open(actor), choice.plugins());
        }

        SimulatedRun.Result play() {
            return run.play(INTERRUPT, choice.mode());
        }

        /** ZooKeeper counts the creations below a znode. */
        int requests() {
            try (ZkPort zk = server.sessions().open("observer")) {
                String next = zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", "")))
                        .toCompletableFuture()
                        .join()
                        .get(0)
                        .path();
                return Integer.parseInt(next.substring(next.lastIndexOf('_') + 1));
            }
        }

        @Override
        public void close() throws IOException {
            run.close();
            proxy.close();
            server.close();
        }
    }
}
