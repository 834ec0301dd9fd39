package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.reassign.it.Contender.next;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Fence;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.Store;
import org.reassign.core.store.WriteMode;
import org.reassign.zk.EmbeddedZooKeeper;

/** Leadership on a real ZooKeeper: one controller leads, another follows it, and the deposed one is harmless. */
class LeadershipIT {
    private static final String REQUESTS = "/admin/reassignment_requests";

    private final BlockingQueue<Contender> elected = new LinkedBlockingQueue<>();
    private EmbeddedZooKeeper server;
    private ZkPort observer;
    private Contender one;
    private Contender two;

    @BeforeEach
    void start() {
        server = EmbeddedZooKeeper.start();
        observer = server.sessions().open("observer");
        one = new Contender(server.sessions(), 1001, elected);
        two = new Contender(server.sessions(), 1002, elected);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        observer.close();
        server.close();
    }

    @Test
    void ofTwoOneLeadsAndWhenItsSessionExpiresTheOther() throws InterruptedException {
        one.start();
        assertThat(next(one.epochsLed)).isEqualTo(1);
        two.start();
        ZkPort deposed = one.session();
        assertThat(read("/controller").text()).contains("1001");
        CountDownLatch released = one.thread.hold();
        server.expire(deposed);
        assertThat(next(two.epochsLed)).isEqualTo(2);
        released.countDown();
        assertThat(next(one.stops)).isNotEmpty();
        assertLeads(two, one, "1002", 2);
        assertThatThrownBy(() -> await(deposed.commit(List.of(ZkWrite.create("/late", "")))))
                .hasCauseInstanceOf(ZkException.class)
                .hasMessageContaining("SESSION_EXPIRED");
        assertThat(one.epochsLed).isEmpty();
    }

    @Test
    void ofTwoThatStartTogetherOneLeads() throws InterruptedException {
        one.start();
        two.start();
        Contender leading = next(elected);
        Contender following = leading == one ? two : one;
        assertThat(next(leading.epochsLed)).isEqualTo(1);
        assertThat(following.controller.leads()).isFalse();
        leading.controller.close();
        assertThat(next(following.epochsLed)).isEqualTo(2);
    }

    /** It slept, its session lives, and somebody else was elected meanwhile. */
    @Test
    void oneThatWakesToFindAnotherElectedStopsAtOnce() throws InterruptedException {
        one.start();
        next(one.epochsLed);
        CountDownLatch released = one.thread.hold();
        await(observer.commit(List.of(ZkWrite.delete("/controller", ZkWrite.ANY_VERSION))));
        two.start();
        assertThat(next(two.epochsLed)).isEqualTo(2);
        released.countDown();
        assertThat(next(one.stops)).contains("/controller");
        assertLeads(two, one, "1002", 2);
    }

    /** A commit whose connection breaks may be done or not; each is followed by another term. */
    @Test
    void connectionsThatBreakInTurnsCostNoLeadership() throws InterruptedException {
        AtomicInteger breaks = new AtomicInteger();
        try (Contender three = new Contender(new BreakingCommits(server, breaks), 1003, elected).start()) {
            assertThat(next(three.epochsLed)).isEqualTo(1);
            long won = read("/controller").stat().czxid();
            for (int i = 0; i < 3; i++) {
                breaks.set(1);
                await(observer.commit(List.of(ZkWrite.createSequential(REQUESTS + "/request_", "no JSON"))));
                assertThat(next(three.epochsLed)).isEqualTo(1);
            }
            Awaitility.await()
                    .until(() ->
                            await(observer.getChildren(REQUESTS)).orElseThrow().isEmpty());

            assertThat(three.interruptions).hasSize(3);
            assertThat(three.elections).containsExactly(1);
            assertThat(three.stops).isEmpty();
            assertThat(read("/controller").stat().czxid()).isEqualTo(won);
            await(three.controller.stop());
            assertThat(await(observer.exists("/controller"))).isEmpty();
        }
    }

    /** The first commit of a controller is the election. */
    @Test
    void anElectionWhoseConnectionBreaksIsWonOnce() throws InterruptedException {
        AtomicInteger breaks = new AtomicInteger(1);
        try (Contender three = new Contender(new BreakingCommits(server, breaks), 1003, elected).start()) {
            assertThat(next(three.epochsLed)).isEqualTo(1);
            assertThat(three.elections).containsExactly(1);
            assertThat(read(Fence.PATH).text()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void aWriteOfADeposedOneFailsAlthoughItsSessionLives(WriteMode mode) throws InterruptedException {
        one.start();
        next(one.epochsLed);
        Fence before = new Fence(1001, 1, read(Fence.PATH).stat().version());
        Store deposed = new Store(observer, before, mode);
        assertThat(deposed.settle(List.of(write("/first", "")))).isEmpty();
        one.controller.close();
        two.start();
        assertThat(next(two.epochsLed)).isEqualTo(2);
        assertThatThrownBy(() -> deposed.settle(List.of(write("/first", "late"), write("/second", ""))))
                .isInstanceOf(LeadershipLost.class)
                .hasMessageContaining(Fence.PATH);
        assertThat(await(observer.exists("/second"))).isEmpty();
        assertThat(read("/first").text()).isEmpty();
        assertLeads(two, one, "1002", 2);
    }

    private void assertLeads(Contender leading, Contender other, String id, int epoch) {
        assertThat(leading.controller.leads()).isTrue();
        assertThat(other.controller.leads()).isFalse();
        assertThat(read("/controller").text()).contains(id);
        assertThat(read(Fence.PATH).text()).isEqualTo("" + epoch);
    }

    private static Op<String> write(String path, String text) {
        return new Op<>(
                Phase.HOUSEKEEPING,
                Set.of(path),
                text.isEmpty() ? ZkWrite.create(path, text) : ZkWrite.setData(path, text, ZkWrite.ANY_VERSION));
    }

    private ZkNode read(String path) {
        return await(observer.getData(path)).orElseThrow();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
