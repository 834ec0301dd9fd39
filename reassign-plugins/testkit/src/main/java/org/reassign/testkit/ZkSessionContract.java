package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;
import static org.reassign.testkit.AwaitedSession.failureOf;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkWrite;

/** What the end of a session means, and what goes with it. */
public interface ZkSessionContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void an_ephemeral_znode_is_told_as_one_and_goes_when_its_session_is_closed() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession owner = sessions.open();
            AwaitedSession other = sessions.open();
            owner.commit(ZkWrite.createEphemeral("/a", "text"));
            owner.create("/b");
            ZkEventLog log = other.watchData("/a");
            assertThat(other.node("/a").text()).isEqualTo("text");
            assertThat(other.stat("/a").orElseThrow().ephemeral()).isTrue();
            owner.port().close();
            other.awaitEvents();
            assertThat(log.told()).containsExactly("DELETED /a");
            assertThat(other.stat("/a")).isEmpty();
            assertThat(other.stat("/b")).isPresent();
        }
    }

    @Test
    default void an_ephemeral_znode_has_no_children() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.commit(ZkWrite.createEphemeral("/a", ""));
            assertThat(zk.failure(ZkWrite.create("/a/b", "")).code()).isEqualTo(Code.EPHEMERAL_PARENT);
            var second = zk.failure(ZkWrite.create("/b", ""), ZkWrite.createEphemeral("/a/b", ""));
            assertThat(second.code()).isEqualTo(Code.EPHEMERAL_PARENT);
            assertThat(second.index()).isEqualTo(1);
        }
    }

    @Test
    default void of_two_sessions_that_claim_a_znode_and_raise_a_number_one_does_both() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession one = sessions.open();
            AwaitedSession two = sessions.open();
            one.create("/epoch");
            List<ZkWrite> claim = List.of(ZkWrite.createEphemeral("/leader", ""), ZkWrite.setData("/epoch", "1", 0));
            var first = one.port().commit(claim);
            var second = two.port().commit(claim);
            List<Boolean> won = List.of(
                    await(first.handle((results, failure) -> failure == null)),
                    await(second.handle((results, failure) -> failure == null)));
            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(one.stat("/epoch").orElseThrow().version()).isEqualTo(1);
            (won.get(0) ? one : two).port().close();
            AwaitedSession left = won.get(0) ? two : one;
            left.commit(ZkWrite.createEphemeral("/leader", ""), ZkWrite.setData("/epoch", "2", 1));
        }
    }

    @Test
    default void an_expired_session_is_told_that_it_is_lost_and_its_ephemeral_znodes_go() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession owner = sessions.open();
            AwaitedSession other = sessions.open();
            owner.commit(ZkWrite.createEphemeral("/a", ""));
            other.commit(ZkWrite.createEphemeral("/b", ""));
            ZkEventLog own = owner.watchBelow("/c");
            CompletableFuture<SessionEvent> lost = owner.loss();
            sessions.expire(owner);
            await(lost);
            assertEnded(owner.port());
            other.create("/c");
            other.awaitEvents();
            assertThat(own.told()).isEmpty();
            assertThat(other.stat("/a")).isEmpty();
            assertThat(other.stat("/b")).isPresent();
            assertThat(sessions.open().stat("/b")).isPresent();
        }
    }

    @Test
    default void the_session_that_takes_the_place_of_an_expired_one_owns_none_of_its_znodes() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession before = sessions.open();
            before.commit(ZkWrite.createEphemeral("/a", ""));
            CompletableFuture<SessionEvent> lost = before.loss();
            sessions.expire(before);
            await(lost);
            AwaitedSession after = sessions.open();
            assertThat(after.stat("/a")).isEmpty();
            after.commit(ZkWrite.createEphemeral("/a", ""));
            before.port().close();
            assertThat(after.stat("/a")).isPresent();
        }
    }

    @Test
    default void a_closed_session_fails_every_call_and_is_told_once_that_it_is_lost() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            AtomicInteger told = new AtomicInteger();
            CompletableFuture<SessionEvent> lost = zk.loss();
            zk.port().onSession(event -> told.incrementAndGet());
            CompletableFuture<SessionEvent> last = zk.loss();
            zk.port().close();
            zk.port().close();
            await(lost);
            await(last);
            assertEnded(zk.port());
            await(zk.loss());
            assertThat(told).hasValue(1);
        }
    }

    @Test
    default void a_listener_that_comes_too_late_is_told_at_once() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.port().close();
            assertThat(await(zk.loss())).isEqualTo(SessionEvent.LOST);
        }
    }

    @Test
    default void a_closed_session_is_told_of_nothing() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            AwaitedSession other = sessions.open();
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog children = zk.watchChildren("/");
            zk.port().close();
            other.create("/a");
            other.awaitEvents();
            assertThat(data.told()).isEmpty();
            assertThat(children.told()).isEmpty();
        }
    }

    private static void assertEnded(ZkPort port) {
        var calls = List.of(
                port.getData("/a"),
                port.getData("/a", event -> {}),
                port.getChildren("/a"),
                port.getChildren("/a", event -> {}),
                port.exists("/a"),
                port.watchRecursively("/a", event -> {}),
                port.commit(List.of(ZkWrite.create("/a", ""))),
                port.commit(List.of(ZkWrite.create("/a", ""), ZkWrite.create("/b", ""))));
        assertThat(calls).allSatisfy(call -> assertThat(failureOf(call).code()).isEqualTo(Code.SESSION_EXPIRED));
    }
}
