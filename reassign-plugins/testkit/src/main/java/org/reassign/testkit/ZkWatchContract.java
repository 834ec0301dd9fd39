package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/** What one-shot watches have to keep. */
public interface ZkWatchContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void a_data_watch_fires_once_at_the_next_change() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            zk.set("/a", "1");
            zk.set("/a", "2");
            zk.delete("/a");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHANGED /a");
        }
    }

    @Test
    default void a_data_watch_fires_at_the_deletion() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            zk.delete("/a");
            zk.create("/a");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("DELETED /a");
        }
    }

    @Test
    default void a_data_watch_of_what_is_absent_fires_at_the_creation() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = zk.watchData("/a");
            zk.create("/a");
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /a");
        }
    }

    @Test
    default void a_data_watch_of_what_is_absent_stands_before_every_later_call_of_the_session() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            for (int i = 0; i < 50; i++) {
                ZkEventLog log = new ZkEventLog();
                String path = "/a" + i;
                var read = zk.port().getData(path, log);
                zk.create(path);
                assertThat(await(read)).isEmpty();
                zk.awaitEvents();
                assertThat(log.told()).containsExactly("CREATED " + path);
            }
        }
    }

    @Test
    default void a_data_watch_does_not_look_at_children() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            zk.create("/a/b");
            zk.delete("/a/b");
            zk.awaitEvents();
            assertThat(log.told()).isEmpty();
        }
    }

    @Test
    default void a_child_watch_fires_once_when_a_child_comes_or_goes() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog coming = zk.watchChildren("/a");
            zk.create("/a/b");
            zk.create("/a/c");
            ZkEventLog going = zk.watchChildren("/a");
            zk.delete("/a/b");
            zk.delete("/a/c");
            zk.awaitEvents();
            assertThat(coming.told()).containsExactly("CHILDREN /a");
            assertThat(going.told()).containsExactly("CHILDREN /a");
        }
    }

    @Test
    default void a_child_watch_fires_when_the_znode_itself_goes_and_not_for_data_or_grandchildren() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.create("/a/b");
            ZkEventLog log = zk.watchChildren("/a");
            ZkEventLog leaf = zk.watchChildren("/a/b");
            zk.set("/a", "1");
            zk.set("/a/b", "1");
            zk.awaitEvents();
            assertThat(log.told()).isEmpty();
            zk.delete("/a/b");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHILDREN /a");
            assertThat(leaf.told()).containsExactly("DELETED /a/b");
        }
    }

    @Test
    default void a_child_watch_of_what_is_absent_is_none() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = zk.watchChildren("/a");
            zk.create("/a");
            zk.create("/a/b");
            zk.delete("/a/b");
            zk.delete("/a");
            zk.awaitEvents();
            assertThat(log.told()).isEmpty();
        }
    }

    @Test
    default void the_same_watch_registered_twice_is_called_once_and_others_each() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            await(zk.port().getData("/a", log));
            ZkEventLog another = zk.watchData("/a");
            AwaitedSession other = sessions.open();
            ZkEventLog ofAnotherSession = other.watchData("/a");
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHANGED /a");
            assertThat(another.told()).containsExactly("CHANGED /a");
            zk.set("/a", "2");
            zk.awaitEvents();
            other.awaitEvents();
            assertThat(log.told()).hasSize(1);
            assertThat(ofAnotherSession.told()).containsExactly("CHANGED /a");
        }
    }

    @Test
    default void a_watch_of_another_session_fires() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession writer = sessions.open();
            AwaitedSession watching = sessions.open();
            ZkEventLog log = watching.watchData("/a");
            writer.create("/a");
            watching.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /a");
        }
    }

    @Test
    default void watches_are_called_in_the_order_of_the_changes() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = new ZkEventLog();
            zk.create("/p");
            await(zk.port().getChildren("/p", log));
            for (String path : new String[] {"/c", "/a", "/b"}) {
                await(zk.port().getData(path, log));
            }
            zk.create("/b");
            zk.commit(ZkWrite.create("/p/q", ""), ZkWrite.create("/a", ""), ZkWrite.create("/c", ""));
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /b", "CHILDREN /p", "CREATED /a", "CREATED /c");
        }
    }

    @Test
    default void what_failed_fires_nothing() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog children = zk.watchChildren("/a");
            zk.failure(ZkWrite.setData("/a", "1", 0), ZkWrite.create("/a/b", ""), ZkWrite.check("/a", 7));
            zk.failure(ZkWrite.setData("/a", "1", 7));
            zk.awaitEvents();
            assertThat(data.told()).isEmpty();
            assertThat(children.told()).isEmpty();
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(data.told()).containsExactly("CHANGED /a");
        }
    }

    @Test
    default void a_watch_may_make_calls_and_watch_again() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog again = new ZkEventLog();
            CompletableFuture<Optional<ZkNode>> read = new CompletableFuture<>();
            await(zk.port()
                    .getData("/a", event -> zk.port().getData("/a", again).thenAccept(read::complete)));
            zk.create("/a");
            assertThat(await(read)).isPresent();
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(again.told()).containsExactly("CHANGED /a");
        }
    }
}
