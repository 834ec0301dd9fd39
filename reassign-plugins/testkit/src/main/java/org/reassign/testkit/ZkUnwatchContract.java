package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;

/** What taking back one-shot watches has to keep. */
public interface ZkUnwatchContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void a_watch_that_was_taken_back_is_not_called() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog absent = zk.watchData("/b");
            ZkEventLog children = zk.watchChildren("/a");
            await(zk.port().unwatch("/a", data));
            await(zk.port().unwatch("/b", absent));
            await(zk.port().unwatch("/a", children));
            zk.set("/a", "1");
            zk.create("/b");
            zk.create("/a/c");
            zk.awaitEvents();
            assertThat(data.told()).isEmpty();
            assertThat(absent.told()).isEmpty();
            assertThat(children.told()).isEmpty();
        }
    }

    @Test
    default void one_call_takes_back_watches_of_data_and_of_children() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog both = zk.watchData("/a");
            await(zk.port().getChildren("/a", both));
            await(zk.port().unwatch("/a", both));
            zk.create("/a/b");
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(both.told()).isEmpty();
        }
    }

    @Test
    default void the_server_forgets_the_last_watch_at_a_path() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            int before = sessions.watchCount();
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog other = zk.watchData("/a");
            ZkEventLog children = zk.watchChildren("/a");
            ZkEventLog absent = zk.watchData("/b");
            assertThat(sessions.watchCount()).isGreaterThanOrEqualTo(before + 3);
            for (ZkEventLog log : List.of(data, other, children)) {
                await(zk.port().unwatch("/a", log));
            }
            await(zk.port().unwatch("/b", absent));
            assertThat(sessions.watchCount()).isEqualTo(before);
        }
    }

    @Test
    default void other_watches_stay() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            AwaitedSession another = sessions.open();
            zk.create("/a");
            ZkEventLog gone = zk.watchData("/a");
            await(zk.port().getData("/b", gone));
            ZkEventLog data = zk.watchData("/a");
            ZkEventLog children = zk.watchChildren("/a");
            ZkEventLog ofAnotherSession = another.watchData("/a");
            await(zk.port().unwatch("/a", gone));
            zk.set("/a", "1");
            zk.create("/a/c");
            zk.create("/b");
            zk.awaitEvents();
            another.awaitEvents();
            assertThat(gone.told()).containsExactly("CREATED /b");
            assertThat(data.told()).containsExactly("CHANGED /a");
            assertThat(children.told()).containsExactly("CHILDREN /a");
            assertThat(ofAnotherSession.told()).containsExactly("CHANGED /a");
        }
    }

    @Test
    default void a_recursive_watch_at_the_same_path_stays() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog recursive = zk.watchBelow("/a");
            ZkEventLog data = zk.watchData("/a");
            await(zk.port().getChildren("/a", data));
            await(zk.port().unwatch("/a", data));
            await(zk.port().unwatch("/a", recursive));
            zk.set("/a", "1");
            zk.create("/a/b");
            zk.awaitEvents();
            assertThat(data.told()).isEmpty();
            assertThat(recursive.told()).containsExactly("CHANGED /a", "CREATED /a/b");
        }
    }

    @Test
    default void a_watch_whose_call_is_not_answered_yet_is_taken_back() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            int before = sessions.watchCount();
            ZkEventLog log = new ZkEventLog();
            var present = zk.port().getData("/a", log);
            var absent = zk.port().getData("/b", log);
            var children = zk.port().getChildren("/a", log);
            await(zk.port().unwatch("/a", log));
            await(zk.port().unwatch("/b", log));
            assertThat(await(present)).isPresent();
            assertThat(await(absent)).isEmpty();
            assertThat(await(children)).isPresent();
            assertThat(sessions.watchCount()).isEqualTo(before);
            zk.set("/a", "1");
            zk.create("/b");
            zk.create("/a/c");
            zk.awaitEvents();
            assertThat(log.told()).isEmpty();
        }
    }

    @Test
    default void what_was_taken_back_may_watch_again_at_once() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            for (int i = 0; i < 3; i++) {
                var removed = zk.port().unwatch("/a", log);
                await(zk.port().getData("/a", log));
                await(removed);
            }
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHANGED /a");
        }
    }

    @Test
    default void taking_back_what_is_not_there_does_no_harm() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkEventLog log = zk.watchData("/a");
            await(zk.port().unwatch("/b", log));
            await(zk.port().unwatch("/a", new ZkEventLog()));
            zk.set("/a", "1");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHANGED /a");
            await(zk.port().unwatch("/a", log));
            await(zk.port().unwatch("/a", log));
            await(zk.port().getData("/a", log));
            zk.set("/a", "2");
            zk.awaitEvents();
            assertThat(log.told()).containsExactly("CHANGED /a", "CHANGED /a");
        }
    }

    @Test
    default void after_the_session_it_fails_as_every_call() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkEventLog log = zk.watchData("/a");
            zk.port().close();
            assertThat(AwaitedSession.failureOf(zk.port().unwatch("/a", log)).code())
                    .isEqualTo(ZkException.Code.SESSION_EXPIRED);
        }
    }
}
