package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** What several writes that are committed together have to keep. */
public interface ZkTransactionContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void all_is_done_and_answered_in_order() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.create("/old");
            List<ZkResult> results = zk.commit(
                    ZkWrite.check("/a", 0),
                    ZkWrite.create("/b", "b"),
                    ZkWrite.setData("/a", "a", 0),
                    ZkWrite.delete("/old", 0));
            assertThat(results).extracting(ZkResult::path).containsExactly("/a", "/b", "/a", "/old");
            assertThat(results).extracting(ZkResult::version).containsExactly(-1, 0, 1, -1);
            assertThat(zk.node("/a").text()).isEqualTo("a");
            assertThat(zk.node("/b").text()).isEqualTo("b");
            assertThat(zk.stat("/old")).isEmpty();
        }
    }

    @Test
    default void all_has_one_zxid_and_a_result_tells_that_or_zero() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            List<ZkResult> results = zk.commit(ZkWrite.setData("/a", "", 0), ZkWrite.create("/b", ""));
            long zxid = zk.stat("/a").orElseThrow().mzxid();
            assertThat(zk.stat("/b").orElseThrow().czxid()).isEqualTo(zxid);
            assertThat(results).extracting(ZkResult::zxid).containsOnly(zxid);
            long untold = zk.commit(ZkWrite.create("/c", ""), ZkWrite.create("/d", ""))
                    .get(0)
                    .zxid();
            assertThat(untold).isIn(0L, zk.stat("/c").orElseThrow().czxid());
        }
    }

    @Test
    default void none_is_done_where_one_fails_whatever_it_is() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.commit(ZkWrite.create("/kept", "text"));
            assertFails(zk, Code.BAD_VERSION, ZkWrite.setData("/a", "", 7));
            assertFails(zk, Code.BAD_VERSION, ZkWrite.check("/a", 7));
            assertFails(zk, Code.BAD_VERSION, ZkWrite.delete("/a", 7));
            assertFails(zk, Code.NO_NODE, ZkWrite.check("/none", 0));
            assertFails(zk, Code.NO_NODE, ZkWrite.setData("/none", "", 0));
            assertFails(zk, Code.NO_NODE, ZkWrite.delete("/none", 0));
            assertFails(zk, Code.NO_NODE, ZkWrite.create("/none/a", ""));
            assertFails(zk, Code.NODE_EXISTS, ZkWrite.create("/a", ""));
            assertFails(zk, Code.NOT_EMPTY, ZkWrite.delete("/new", 0));
        }
    }

    /** Commits writes of every kind before the one that fails, and one behind it that would fail, too. */
    private static void assertFails(AwaitedSession zk, Code code, ZkWrite failing) {
        ZkException failure = zk.failure(
                ZkWrite.create("/new", ""),
                ZkWrite.createSequential("/new/n_", ""),
                ZkWrite.setData("/kept", "other", 0),
                ZkWrite.setData("/kept", "third", 1),
                ZkWrite.delete("/kept", 2),
                failing,
                ZkWrite.delete("/none/such", 0));
        assertThat(failure.code()).as("%s", failing).isEqualTo(code);
        assertThat(failure.index()).as("%s", failing).isEqualTo(5);
        assertThat(zk.children("/")).contains("a", "kept").doesNotContain("new");
        assertThat(zk.node("/kept").text()).isEqualTo("text");
        assertThat(zk.node("/kept").stat().version()).isZero();
        assertThat(zk.node("/kept").stat().mzxid())
                .isEqualTo(zk.node("/kept").stat().czxid());
        assertThat(zk.stat("/a").orElseThrow().version()).isZero();
    }

    @Test
    default void the_first_write_may_be_the_one_that_fails() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkException failure = zk.failure(ZkWrite.check("/none", 0), ZkWrite.create("/a", ""));
            assertThat(failure.code()).isEqualTo(Code.NO_NODE);
            assertThat(failure.index()).isZero();
            assertThat(zk.stat("/a")).isEmpty();
        }
    }

    @Test
    default void a_write_sees_those_before_it_in_the_same_transaction() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.commit(
                    ZkWrite.create("/a", ""),
                    ZkWrite.create("/a/b", ""),
                    ZkWrite.setData("/a", "one", 0),
                    ZkWrite.check("/a", 1),
                    ZkWrite.setData("/a", "two", 1),
                    ZkWrite.delete("/a/b", 0));
            assertThat(zk.node("/a").text()).isEqualTo("two");
            assertThat(zk.node("/a").stat().version()).isEqualTo(2);
            assertThat(zk.children("/a")).isEmpty();
            zk.commit(ZkWrite.create("/a/c", ""), ZkWrite.delete("/a/c", 0), ZkWrite.delete("/a", 2));
            assertThat(zk.stat("/a")).isEmpty();
            zk.commit(ZkWrite.create("/a", ""), ZkWrite.delete("/a", 0), ZkWrite.create("/a", "anew"));
            assertThat(zk.node("/a").text()).isEqualTo("anew");
        }
    }

    @Test
    default void a_sequential_creation_answers_the_name_that_was_chosen() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            List<ZkResult> results =
                    zk.commit(ZkWrite.createSequential("/a/n_", "one"), ZkWrite.createSequential("/a/n_", "two"));
            assertThat(results).extracting(ZkResult::path).isSorted().doesNotHaveDuplicates();
            assertThat(zk.node(results.get(0).path()).text()).isEqualTo("one");
            assertThat(zk.node(results.get(1).path()).text()).isEqualTo("two");
        }
    }

    @Test
    default void a_transaction_whose_condition_has_gone_stale_changes_nothing() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession deposed = sessions.open();
            AwaitedSession leader = sessions.open();
            leader.create("/epoch");
            leader.create("/a");
            leader.set("/epoch", "2");
            ZkException failure = deposed.failure(ZkWrite.check("/epoch", 0), ZkWrite.setData("/a", "late", 0));
            assertThat(failure.code()).isEqualTo(Code.BAD_VERSION);
            assertThat(failure.index()).isZero();
            assertThat(leader.node("/a").data()).isEmpty();
        }
    }
}
