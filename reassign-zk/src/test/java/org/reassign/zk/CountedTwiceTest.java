package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;
import org.reassign.core.meter.Operations;
import org.reassign.core.meter.ZnodeKind;

/** What the client's meter tells of an actor is what the server was asked by that actor's sessions. */
class CountedTwiceTest {
    /** A path of each kind, parents first. */
    private static final List<String> PATHS = List.of(
            "/admin",
            "/admin/reassignment_requests",
            "/admin/reassignment_targets",
            "/admin/reassignment_refusals",
            "/admin/reassignments",
            "/admin/reassignments/orders-0",
            "/admin/reassign_partitions",
            "/brokers",
            "/brokers/topics",
            "/brokers/topics/orders",
            "/brokers/topics/orders/partitions",
            "/brokers/topics/orders/partitions/0",
            "/brokers/topics/orders/partitions/0/state",
            "/isr_change_notification",
            "/controller_epoch");

    private static final List<Placement> RECORDS = List.of(new Placement.Flat("/admin/reassignments"));

    private final EmbeddedZooKeeper server = EmbeddedZooKeeper.start(RECORDS);
    private final MeteredSessions metered = new MeteredSessions(server.sessions(), RECORDS);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyOperationOfEveryKindIsCountedAlike() {
        try (ZkPort zk = metered.open("controller")) {
            PATHS.forEach(path -> drive(zk, path));
            driveTransactions(zk);
            driveFailures(zk);
            assertCountedAlike("controller");
        }
        Cost cost = metered.cost("controller");
        assertThat(cost.byKind().keySet())
                .isEqualTo(new TreeSet<>(
                        Stream.of(ZnodeKind.values()).map(ZnodeKind::label).toList()));
        Operations state = cost.of(ZnodeKind.STATE);
        assertThat(List.of(
                        state.create(),
                        state.setData(),
                        state.delete(),
                        state.getData(),
                        state.getChildren(),
                        state.exists(),
                        state.addWatch(),
                        state.removeWatches(),
                        state.check()))
                .allMatch(count -> count > 0);
    }

    @Test
    void actorsAreCountedApartAndTheirSessionsTogether() {
        try (ZkPort controller = metered.open("controller");
                ZkPort requester = metered.open("requester");
                ZkPort another = metered.open("requester")) {
            drive(controller, "/admin");
            drive(requester, "/brokers");
            drive(another, "/controller_epoch");
            assertCountedAlike("controller");
            assertCountedAlike("requester");
        }
        assertThat(metered.cost("requester").create()).isEqualTo(4);
        assertThat(metered.cost("controller").create()).isEqualTo(2);
    }

    @Test
    void bothBeginAnewAtTheSameTime() {
        try (ZkPort zk = metered.open("controller")) {
            drive(zk, "/admin");
            metered.reset();
            server.resetServerCosts();
            assertThat(server.serverCost("controller")).isEqualTo(Cost.NONE);
            drive(zk, "/brokers");
            assertCountedAlike("controller");
        }
        assertThat(metered.cost("controller").create()).isEqualTo(2);
    }

    /** Whatever can be asked of one znode, which stays. */
    private static void drive(ZkPort zk, String path) {
        done(zk.getData(path, event -> {}));
        done(zk.getChildren(path, event -> {}));
        done(zk.exists(path));
        done(zk.commit(List.of(ZkWrite.create(path, "made"))));
        done(zk.commit(List.of(ZkWrite.delete(path, 0))));
        done(zk.commit(List.of(ZkWrite.create(path, "made anew"))));
        done(zk.commit(List.of(ZkWrite.setData(path, "größe", 0))));
        done(zk.commit(List.of(ZkWrite.check(path, 1))));
        done(zk.getData(path));
        Consumer<ZkEvent> watch = event -> {};
        done(zk.getData(path, watch));
        done(zk.getChildren(path));
        done(zk.getChildren(path, watch));
        done(zk.exists(path));
        done(zk.unwatch(path, watch));
        done(zk.watchRecursively(path, event -> {}));
        done(zk.getData(path, watch));
        done(zk.unwatch(path, watch));
    }

    private static void driveTransactions(ZkPort zk) {
        done(zk.commit(List.of(
                ZkWrite.check("/controller_epoch", 1),
                ZkWrite.createEphemeral("/controller", "x".repeat(500)),
                ZkWrite.createSequential("/admin/reassignment_requests/request_", "{}"),
                ZkWrite.setData("/brokers/topics/orders/partitions/0/state", "more", 1),
                ZkWrite.delete("/admin/reassign_partitions", 1))));
        done(zk.commit(List.of(ZkWrite.createSequential("/isr_change_notification/isr_change_", "{}"))));
        done(zk.commit(List.of()));
    }

    private static void driveFailures(ZkPort zk) {
        failed(zk.commit(List.of(ZkWrite.setData("/none", "text", 0))));
        failed(zk.commit(List.of(ZkWrite.create("/admin", "text"))));
        failed(zk.commit(List.of(ZkWrite.delete("/admin", 7))));
        failed(zk.commit(List.of(ZkWrite.check("/admin", 7))));
        failed(zk.commit(List.of(ZkWrite.create("/b", "text"), ZkWrite.check("/none", 0), ZkWrite.delete("/b", 0))));
        failed(zk.commit(List.of(ZkWrite.create("/c", "x".repeat(ZkPort.MAX_BYTES)))));
    }

    /** The server's requests show no failures and no watches. */
    private void assertCountedAlike(String actor) {
        assertThat(server.serverCost(actor))
                .usingRecursiveComparison()
                .ignoringFields("failed", "watchesOutstandingMax", "watchEvents")
                .isEqualTo(metered.cost(actor));
    }

    private static void done(CompletionStage<?> call) {
        var unused = call.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void failed(CompletionStage<?> call) {
        boolean fell = call.handle((value, failure) -> failure != null)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(fell).isTrue();
    }
}
