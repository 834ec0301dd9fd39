package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;
import static org.reassign.testkit.AwaitedSession.failureOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** What reading through a {@link org.reassign.api.zk.ZkPort} has to keep, and the order of calls. */
public interface ZkReadContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void what_is_absent_is_empty_and_no_failure() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            assertThat(zk.read("/a")).isEmpty();
            assertThat(zk.stat("/a")).isEmpty();
            assertThat(await(zk.port().getChildren("/a"))).isEmpty();
            assertThat(zk.read("/a/b/c")).isEmpty();
        }
    }

    @Test
    default void a_read_gives_data_and_the_metadata_that_exists_gives() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.commit(ZkWrite.create("/a", "größe"));
            assertThat(zk.node("/a").text()).isEqualTo("größe");
            assertThat(zk.node("/a").stat()).isEqualTo(zk.stat("/a").orElseThrow());
            zk.set("/a", "");
            assertThat(zk.node("/a").data()).isEmpty();
        }
    }

    @Test
    default void metadata_follow_what_is_written() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkStat made = zk.stat("/a").orElseThrow();
            assertThat(made.version()).isZero();
            assertThat(made.mzxid()).isEqualTo(made.czxid());
            assertThat(made.ephemeral()).isFalse();
            zk.set("/a", "1");
            zk.create("/a/b");
            zk.create("/a/c");
            zk.create("/a/c/d");
            ZkStat now = zk.stat("/a").orElseThrow();
            assertThat(now.version()).isEqualTo(1);
            assertThat(now.czxid()).isEqualTo(made.czxid());
            assertThat(now.mzxid()).isGreaterThan(made.mzxid());
            assertThat(now.mtimeMillis()).isGreaterThanOrEqualTo(made.mtimeMillis());
            assertThat(now.children()).isEqualTo(2);
        }
    }

    @Test
    default void a_znode_that_is_recreated_starts_again() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.set("/a", "1");
            ZkStat before = zk.stat("/a").orElseThrow();
            zk.delete("/a");
            zk.create("/a");
            ZkStat after = zk.stat("/a").orElseThrow();
            assertThat(after.version()).isZero();
            assertThat(after.czxid()).isGreaterThan(before.mzxid());
        }
    }

    @Test
    default void children_are_the_names_of_those_directly_below() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            assertThat(zk.children("/a")).isEmpty();
            zk.create("/a/b");
            zk.create("/a/c");
            zk.create("/a/c/d");
            zk.create("/ab");
            assertThat(zk.children("/a")).containsExactly("b", "c");
            zk.delete("/a/b");
            assertThat(zk.children("/a")).containsExactly("c");
        }
    }

    @Test
    default void calls_take_effect_in_the_order_in_which_they_are_made_also_when_many_are_outstanding() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            List<CompletionStage<Optional<ZkNode>>> reads = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                var unused = zk.port().commit(List.of(ZkWrite.setData("/a", "" + i, i - 1)));
                reads.add(zk.port().getData("/a"));
            }
            for (int i = 1; i <= 200; i++) {
                assertThat(await(reads.get(i - 1)).orElseThrow().text()).isEqualTo("" + i);
            }
        }
    }

    @Test
    default void a_call_that_fails_does_not_stop_those_behind_it() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            var failing = zk.port().commit(List.of(ZkWrite.create("/none/a", "")));
            var behind = zk.port().commit(List.of(ZkWrite.create("/a", "")));
            assertThat(failureOf(failing).code()).isEqualTo(Code.NO_NODE);
            assertThat(await(behind)).hasSize(1);
        }
    }

    @Test
    default void another_session_sees_what_was_written_when_it_asks_after_the_answer_and_a_write_of_its_own() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession writer = sessions.open();
            AwaitedSession reader = sessions.open();
            writer.create("/a");
            reader.create("/b");
            assertThat(reader.stat("/a")).isPresent();
        }
    }

    @Test
    default void a_path_that_is_none_fails_the_call_and_is_not_thrown() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            for (String path : List.of("a", "/a/", "//a", "/a/../b", "/a\u0000b", "")) {
                assertThat(failureOf(zk.port().getData(path)).code())
                        .as("'%s'", path)
                        .isEqualTo(Code.OTHER);
                assertThat(failureOf(zk.port().getData(path, event -> {})).code())
                        .isEqualTo(Code.OTHER);
                assertThat(failureOf(zk.port().getChildren(path)).code()).isEqualTo(Code.OTHER);
                assertThat(failureOf(zk.port().exists(path)).code()).isEqualTo(Code.OTHER);
                assertThat(failureOf(zk.port().watchRecursively(path, event -> {}))
                                .code())
                        .isEqualTo(Code.OTHER);
                assertThat(zk.failure(ZkWrite.create(path, "")).code()).isEqualTo(Code.OTHER);
                assertThat(zk.failure(ZkWrite.setData(path, "", 0), ZkWrite.delete(path, 0))
                                .code())
                        .isEqualTo(Code.OTHER);
            }
        }
    }
}
