package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;
import static org.reassign.testkit.AwaitedSession.failureOf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** What is refused for its size, and what lives on. */
public interface ZkSizeContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void data_close_to_the_limit_are_written_and_read() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            String text = "x".repeat(ZkPort.MAX_BYTES - 100);
            zk.commit(ZkWrite.create("/a", text));
            assertThat(zk.node("/a").text()).isEqualTo(text);
        }
    }

    @Test
    default void a_write_over_the_limit_is_refused_and_has_no_effect() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.commit(ZkWrite.createEphemeral("/session", ""));
            zk.create("/a");
            String text = "x".repeat(ZkPort.MAX_BYTES);
            assertRefused(zk, List.of(ZkWrite.setData("/a", text, 0)));
            assertRefused(zk, List.of(ZkWrite.create("/b", text)));
            assertRefused(zk, List.of(ZkWrite.check("/" + text, 0)));
            assertRefused(zk, List.of(ZkWrite.delete("/" + text, 0)));
            assertThat(zk.stat("/a").orElseThrow().version()).isZero();
            assertThat(zk.stat("/b")).isEmpty();
            assertThat(zk.stat("/session")).isPresent();
        }
    }

    @Test
    default void a_transaction_whose_request_is_over_the_limit_is_refused() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            String half = "x".repeat(ZkPort.MAX_BYTES / 2);
            List<ZkWrite> writes = List.of(ZkWrite.create("/a", half), ZkWrite.create("/b", half));
            assertRefused(zk, writes);
            assertThat(zk.stat("/a")).isEmpty();
            zk.commit(writes.get(0));
            zk.commit(writes.get(1));
        }
    }

    /** 77 bytes are answered for each, more than were sent: the reply is what outgrows the limit. */
    @Test
    default void a_transaction_whose_reply_is_over_the_limit_is_refused() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            int most = (ZkPort.MAX_BYTES - 25) / 77;
            assertRefused(zk, sets(15_000));
            assertRefused(zk, sets(most + 1));
            assertThat(zk.stat("/a").orElseThrow().version()).isZero();
            assertThat(await(zk.port().commit(sets(most)))).hasSize(most);
            assertThat(zk.stat("/a").orElseThrow().version()).isEqualTo(most);
        }
    }

    @Test
    default void names_that_add_up_to_more_than_the_limit_are_read_and_watched() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            AwaitedSession other = sessions.open();
            zk.commit(ZkWrite.createEphemeral("/session", ""));
            createChildrenOverTheLimit(zk);
            ZkEventLog data = zk.watchData("/session");
            ZkEventLog children = zk.watchChildren("/a");
            assertThat(zk.children("/a")).hasSize(1_100);
            other.create("/a/b");
            other.set("/session", "1");
            zk.awaitEvents();
            assertThat(children.told()).containsExactly("CHILDREN /a");
            assertThat(data.told()).containsExactly("CHANGED /session");
        }
    }

    @Test
    default void what_is_written_can_be_read_again_or_is_refused() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            String most = "x".repeat(ZkPort.MAX_BYTES - 88);
            zk.create("/a");
            zk.set("/a", most);
            assertThat(zk.node("/a").text()).isEqualTo(most);
            assertRefused(zk, List.of(ZkWrite.setData("/a", most + "x", 1)));
            assertRefused(zk, List.of(ZkWrite.check("/a", 1), ZkWrite.setData("/a", most + "x", 1)));
            assertThat(zk.stat("/a").orElseThrow().version()).isEqualTo(1);
        }
    }

    private static void createChildrenOverTheLimit(AwaitedSession zk) {
        zk.create("/a");
        for (int i = 0; i < 11; i++) {
            List<ZkWrite> writes = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                writes.add(ZkWrite.create("/a/" + i + "-" + j + "x".repeat(1_000), ""));
            }
            await(zk.port().commit(writes));
        }
    }

    private static List<ZkWrite> sets(int count) {
        return Collections.nCopies(count, ZkWrite.setData("/a", "", ZkWrite.ANY_VERSION));
    }

    private static void assertRefused(AwaitedSession zk, List<ZkWrite> writes) {
        assertThat(failureOf(zk.port().commit(writes)).code()).isEqualTo(Code.TOO_LARGE);
    }
}
