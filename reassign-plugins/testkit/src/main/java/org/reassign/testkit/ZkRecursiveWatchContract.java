package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;

import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkWrite;

/** What persistent recursive watches have to keep. */
public interface ZkRecursiveWatchContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void every_change_at_and_below_the_path_is_told_and_none_of_children() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchBelow("/a");
            zk.create("/a/b");
            zk.create("/a/b/c");
            zk.set("/a/b/c", "1");
            zk.set("/a/b/c", "2");
            zk.set("/a", "1");
            zk.delete("/a/b/c");
            zk.delete("/a/b");
            zk.delete("/a");
            zk.create("/a");
            zk.awaitEvents();
            assertThat(log.told())
                    .containsExactly(
                            "CREATED /a/b",
                            "CREATED /a/b/c",
                            "CHANGED /a/b/c",
                            "CHANGED /a/b/c",
                            "CHANGED /a",
                            "DELETED /a/b/c",
                            "DELETED /a/b",
                            "DELETED /a",
                            "CREATED /a");
        }
    }

    @Test
    default void what_is_beside_the_path_is_not_told() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchBelow("/a");
            zk.create("/ab");
            zk.create("/ab/c");
            zk.create("/b");
            zk.awaitEvents();
            assertThat(log.told()).isEmpty();
        }
    }

    @Test
    default void what_is_absent_may_be_watched_and_the_root_too() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog absent = zk.watchBelow("/a/b");
            ZkEventLog all = zk.watchBelow("/");
            zk.create("/a");
            zk.create("/a/b");
            zk.awaitEvents();
            assertThat(absent.told()).containsExactly("CREATED /a/b");
            assertThat(all.told()).containsSequence("CREATED /a", "CREATED /a/b");
        }
    }

    @Test
    default void the_writes_of_a_transaction_are_told_in_their_order() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = zk.watchBelow("/a");
            zk.commit(
                    ZkWrite.create("/a", ""),
                    ZkWrite.create("/a/b", ""),
                    ZkWrite.setData("/a", "1", 0),
                    ZkWrite.check("/a", 1),
                    ZkWrite.delete("/a/b", 0));
            zk.failure(ZkWrite.setData("/a", "2", 1), ZkWrite.check("/a", 7));
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /a", "CREATED /a/b", "CHANGED /a", "DELETED /a/b");
        }
    }

    @Test
    default void one_shot_watches_at_the_same_path_fire_beside_it() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchBelow("/a");
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog children = zk.watchChildren("/a");
            zk.create("/a/b");
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /a/b", "CHANGED /a");
            assertThat(data.told()).containsExactly("CHANGED /a");
            assertThat(children.told()).containsExactly("CHILDREN /a");
        }
    }

    @Test
    default void the_same_recursive_watch_added_twice_is_called_once() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = zk.watchBelow("/a");
            await(zk.port().watchRecursively("/a", log));
            zk.create("/a");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CREATED /a");
        }
    }

    @Test
    default void it_ends_with_its_session_and_another_may_add_it_again() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession first = sessions.open();
            ZkEventLog ended = first.watchBelow("/a");
            first.port().close();
            AwaitedSession second = sessions.open();
            ZkEventLog log = second.watchBelow("/a");
            second.create("/a");
            second.awaitEvents();
            assertThat(ended.told()).isEmpty();
            assertThat(log.told()).containsExactly("CREATED /a");
        }
    }
}
