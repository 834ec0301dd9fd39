package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.CannotLeadException;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** How a controller becomes one, stops being one, and hands leadership back. */
class ControllerLifeTest {
    private static final Duration LONG = Duration.ofSeconds(200);
    private static final Plugins SHIPPED = Combination.DEFAULT.plugins();

    private final VirtualTime time = new VirtualTime(() -> {});
    private final VirtualTime watchdog = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final ZkPort zk = zooKeeper.open("operator");
    private final Gateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));
    private final List<ZkPort> sessions = new ArrayList<>();
    private final List<Object> said = new ArrayList<>();

    private Controller controller(Plugins plugins, Function<ZkPort, ZkPort> through) {
        ZkSessions opening = actor -> {
            sessions.add(zooKeeper.open(actor));
            return through.apply(sessions.get(sessions.size() - 1));
        };
        ControllerListener listener = new ControllerListener() {
            @Override
            public void elected(int controllerEpoch) {
                said.add("elected " + controllerEpoch);
            }

            @Override
            public void leads(int controllerEpoch) {
                said.add("leads " + controllerEpoch);
            }

            @Override
            public void interrupted(String why) {
                said.add("interrupted");
            }

            @Override
            public void stopped(String why) {
                said.add("stopped");
            }

            @Override
            public void warning(String sentence) {
                said.add(sentence);
            }
        };
        ControllerSettings settings = ControllerSettings.of(WriteMode.BATCHED);
        Controller made = new Controller(opening, gateway, plugins, settings, time, listener).watchedBy(watchdog);
        made.start();
        return made;
    }

    private void leads(Controller controller) {
        assertThat(time.await(controller::leads, LONG)).isTrue();
    }

    private boolean stands(String path) {
        return zk.exists(path).toCompletableFuture().join().isPresent();
    }

    @Test
    void anElectionWhoseAnswerWasLostIsWonAllTheSame() {
        leads(controller(SHIPPED, port -> Interception.failingOnce(port, true)));

        assertThat(said).containsExactly("interrupted", "elected 1", "leads 1");
        assertThat(sessions).hasSize(1);
    }

    @Test
    void anElectionThatDidNotReachTheServerIsTriedAgainInTheSameSession() {
        leads(controller(SHIPPED, port -> Interception.failingOnce(port, false)));

        assertThat(said).containsExactly("interrupted", "elected 1", "leads 1");
        assertThat(sessions).hasSize(1);
    }

    /** Its own {@code /controller} stands, with an epoch that is another's: it may not lead at that one. */
    @Test
    void anElectionWhoseAnswerWasLostIsWorthNothingIfSomebodyHasWrittenTheEpoch() {
        leads(controller(
                SHIPPED,
                port -> Interception.intercepted(port, (commit, first) -> {
                    if (first && sessions.size() == 1) {
                        CompletionStage<?> unused = commit.get();
                        zk.commit(List.of(ZkWrite.setData("/controller_epoch", "7", ZkWrite.ANY_VERSION)));
                        return Interception.lost();
                    }
                    return commit.get();
                })));

        assertThat(said).containsExactly("interrupted", "stopped", "elected 8", "leads 8");
        assertThat(sessions).hasSize(2);
    }

    @Test
    void leadershipLostWhileTheConnectionWasAwayIsNoticed() {
        Controller controller = controller(
                SHIPPED,
                port -> Interception.intercepted(port, (commit, first) -> {
                    if (said.contains("leads 1") && !said.contains("interrupted")) {
                        zk.commit(List.of(ZkWrite.setData("/controller_epoch", "7", ZkWrite.ANY_VERSION)));
                        return Interception.lost();
                    }
                    return commit.get();
                }));
        leads(controller);

        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", "no JSON")));
        assertThat(time.await(() -> said.contains("leads 8"), LONG)).isTrue();

        assertThat(said).containsSubsequence("leads 1", "interrupted", "stopped", "elected 8", "leads 8");
    }

    @Test
    void termsThatKeepEndingAtOnceStopTheController() {
        controller(
                SHIPPED,
                port -> Interception.intercepted(
                        port, (commit, first) -> first ? commit.get() : Interception.refused()));

        assertThatThrownBy(() -> time.await(() -> false, LONG))
                .isInstanceOf(CannotLeadException.class)
                .hasMessageContaining("8 times in a row")
                .hasMessageContaining("OTHER at /closed");

        assertThat(stands("/controller")).isFalse();
        assertThat(said.stream().filter("stopped"::equals)).hasSize(8);
        assertThat(said).doesNotContain("leads 1");
        assertThat(time.elapsedMillis())
                .as("each wait is about twice the one before")
                .isBetween(30_000L, 70_000L);
    }

    /** Each term confirms its leadership, and loses the connection with its first write. */
    @Test
    void aConnectionThatEachRecoveryBreaksStopsTheController() {
        AtomicInteger commits = new AtomicInteger();
        controller(
                SHIPPED,
                port -> Interception.intercepted(
                        port,
                        (commit, first) ->
                                first || commits.getAndIncrement() % 2 == 1 ? commit.get() : Interception.lost()));

        assertThatThrownBy(() -> time.await(() -> false, LONG))
                .isInstanceOf(CannotLeadException.class)
                .hasMessageContaining("CONNECTION_LOSS");
        assertThat(said).containsOnlyOnce("elected 1").doesNotContain("stopped");
    }

    /** A codec that does not return for more than a minute by the watchdog's clock; the controller's stands still. */
    @Test
    void aTurnThatHangsCostsTheSessionSoThatAnotherLeads() {
        List<Controller> another = new ArrayList<>();
        RequestChannel slow = Interception.hanging(SHIPPED.channels().get(0).plugin(), () -> {
            if (another.isEmpty() && said.contains("leads 1")) {
                watchdog.await(() -> false, Duration.ofSeconds(61));
                assertThat(stands("/controller")).isFalse();
                another.add(controller(SHIPPED, port -> port));
            }
        });
        Controller hung = controller(
                new Plugins(
                        SHIPPED.layout(),
                        SHIPPED.otherLayouts(),
                        SHIPPED.watcher(),
                        SHIPPED.dropPolicy(),
                        SHIPPED.conflictPolicy(),
                        List.of(new NamedPlugin<>("slow", slow)),
                        SHIPPED.gateway()),
                port -> port);
        leads(hung);
        assertThat(another).isEmpty();

        zk.commit(List.of(ZkWrite.createSequential("/admin/reassignment_requests/request_", "no JSON")));
        assertThat(time.await(() -> !another.isEmpty() && another.get(0).leads(), LONG))
                .isTrue();

        assertThat(hung.leads()).isFalse();
        assertThat(said)
                .anySatisfy(sentence -> assertThat(sentence.toString())
                        .contains(
                                "has not ended for 60 s, in org.reassign.simulation.", "ZooKeeper session is closed"));
        assertThat(said).containsSubsequence("leads 1", "stopped", "elected 2", "leads 2");
        another.get(0).kill();
        leads(hung);
        assertThat(said).contains("leads 3");
    }

    @Test
    void stoppingCompletesWhenLeadershipIsHandedBack() {
        Controller controller = controller(SHIPPED, port -> port);
        leads(controller);

        CompletableFuture<Void> done = controller.stop().toCompletableFuture();
        assertThat(done).isNotDone();
        time.await(done::isDone, LONG);

        assertThat(done).isCompleted();
        assertThat(stands("/controller")).isFalse();
        assertThat(controller.stop().toCompletableFuture()).isCompleted();
    }

    @Test
    void stoppingCompletesWhereAnotherLeads() {
        leads(controller(SHIPPED, port -> port));
        Controller other = controller(SHIPPED, port -> port);
        time.await(() -> false, Duration.ofSeconds(1));

        CompletableFuture<Void> done = other.stop().toCompletableFuture();
        time.await(done::isDone, LONG);

        assertThat(done).isCompleted();
        assertThat(stands("/controller")).isTrue();
    }

    /** The office went with the session. */
    @Test
    void stoppingCompletesWhereTheSessionHasExpired() {
        AtomicBoolean expires = new AtomicBoolean();
        Controller controller = controller(
                SHIPPED,
                port -> Interception.intercepted(port, (commit, first) -> {
                    if (expires.get()) {
                        zooKeeper.expire(port);
                    }
                    return commit.get();
                }));
        leads(controller);

        expires.set(true);
        CompletableFuture<Void> done = controller.stop().toCompletableFuture();
        time.await(done::isDone, LONG);

        assertThat(done).isCompleted();
        assertThat(stands("/controller")).isFalse();
    }

    @Test
    void stoppingFailsWhereLeadershipCannotBeHandedBack() {
        Controller controller = controller(SHIPPED, port -> port);
        leads(controller);
        zooKeeper.suspend(sessions.get(0));

        CompletableFuture<Void> done = controller.stop().toCompletableFuture();
        time.await(done::isDone, LONG);

        assertThat(done).isCompletedExceptionally();
        assertThat(stands("/controller")).isTrue();
        zooKeeper.expire(sessions.get(0));
        assertThat(stands("/controller")).isFalse();
    }
}
