package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.reassign.testkit.AwaitedSession.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** What single writes through a {@link org.reassign.api.zk.ZkPort} have to keep, sequential names among them. */
public interface ZkWriteContract extends ZkPortTraits {
    private AwaitedSessions sessions() {
        return new AwaitedSessions(fixture());
    }

    @Test
    default void a_creation_answers_path_version_and_zxid() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            ZkResult result = zk.create("/a");
            assertThat(result)
                    .isEqualTo(new ZkResult("/a", 0, zk.stat("/a").orElseThrow().czxid()));
        }
    }

    @Test
    default void a_creation_fails_where_there_is_such_a_znode_or_no_parent() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkException twice = zk.failure(ZkWrite.create("/a", "other"));
            assertThat(twice.code()).isEqualTo(Code.NODE_EXISTS);
            assertThat(twice.index()).isZero();
            assertThat(zk.node("/a").data()).isEmpty();
            assertThat(zk.failure(ZkWrite.create("/b/c", "")).code()).isEqualTo(Code.NO_NODE);
            assertThat(zk.failure(ZkWrite.createSequential("/b/c", "")).code()).isEqualTo(Code.NO_NODE);
        }
    }

    @Test
    default void a_replacement_counts_the_version_and_answers_it_and_the_zxid() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            for (int version = 0; version < 3; version++) {
                ZkResult result =
                        zk.commit(ZkWrite.setData("/a", "" + version, version)).get(0);
                assertThat(result)
                        .isEqualTo(new ZkResult(
                                "/a", version + 1, zk.stat("/a").orElseThrow().mzxid()));
            }
            assertThat(zk.set("/a", "any").version()).isEqualTo(4);
            assertThat(zk.node("/a").text()).isEqualTo("any");
        }
    }

    @Test
    default void a_replacement_by_the_same_data_is_one_too() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            assertThat(zk.set("/a", "").version()).isEqualTo(1);
        }
    }

    @Test
    default void a_replacement_fails_at_another_version_or_where_there_is_nothing() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.set("/a", "one");
            assertThat(zk.failure(ZkWrite.setData("/a", "", 0)).code()).isEqualTo(Code.BAD_VERSION);
            assertThat(zk.failure(ZkWrite.setData("/a", "", 2)).code()).isEqualTo(Code.BAD_VERSION);
            assertThat(zk.failure(ZkWrite.setData("/b", "", ZkWrite.ANY_VERSION))
                            .code())
                    .isEqualTo(Code.NO_NODE);
            assertThat(zk.failure(ZkWrite.setData("/b", "", 0)).code()).isEqualTo(Code.NO_NODE);
            assertThat(zk.node("/a").text()).isEqualTo("one");
            assertThat(zk.node("/a").stat().version()).isEqualTo(1);
        }
    }

    @Test
    default void a_deletion_answers_version_minus_one() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkResult result = zk.commit(ZkWrite.delete("/a", 0)).get(0);
            assertThat(result.path()).isEqualTo("/a");
            assertThat(result.version()).isEqualTo(-1);
            assertThat(zk.stat("/a")).isEmpty();
        }
    }

    @Test
    default void a_deletion_fails_at_another_version_with_children_or_where_there_is_nothing() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            zk.create("/a/b");
            assertThat(zk.failure(ZkWrite.delete("/a", 1)).code()).isEqualTo(Code.BAD_VERSION);
            assertThat(zk.failure(ZkWrite.delete("/a", 0)).code()).isEqualTo(Code.NOT_EMPTY);
            assertThat(zk.failure(ZkWrite.delete("/c", ZkWrite.ANY_VERSION)).code())
                    .isEqualTo(Code.NO_NODE);
            assertThat(zk.children("/a")).containsExactly("b");
        }
    }

    @Test
    default void a_lone_check_writes_nothing_and_fails_as_a_write_would() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            ZkResult result = zk.commit(ZkWrite.check("/a", 0)).get(0);
            assertThat(result.path()).isEqualTo("/a");
            assertThat(result.version()).isEqualTo(-1);
            assertThat(zk.stat("/a").orElseThrow().version()).isZero();
            assertThat(zk.failure(ZkWrite.check("/a", 1)).code()).isEqualTo(Code.BAD_VERSION);
            assertThat(zk.failure(ZkWrite.check("/b", 0)).code()).isEqualTo(Code.NO_NODE);
        }
    }

    @Test
    default void later_writes_have_greater_zxids_also_of_different_sessions() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession one = sessions.open();
            AwaitedSession other = sessions.open();
            long first = one.create("/a").zxid();
            long second = other.create("/b").zxid();
            long third = one.set("/a", "").zxid();
            assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    default void no_writes_are_committed_as_none() {
        try (AwaitedSessions sessions = sessions()) {
            assertThat(await(sessions.open().port().commit(List.of()))).isEmpty();
        }
    }

    @Test
    default void sequential_names_grow_as_texts_and_as_numbers() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            List<String> names = List.of(sequential(zk), sequential(sessions.open()), sequential(zk));
            assertThat(names).isSorted().doesNotHaveDuplicates().allSatisfy(name -> {
                assertThat(name).matches("/a/n_\\d{10}");
                assertThat(zk.node(name).text()).isEqualTo("text");
            });
        }
    }

    @Test
    default void a_sequential_name_is_never_used_again() {
        try (AwaitedSessions sessions = sessions()) {
            AwaitedSession zk = sessions.open();
            zk.create("/a");
            String before = sequential(zk);
            zk.delete(before);
            String after = sequential(zk);
            assertThat(after).isGreaterThan(before);
            zk.create("/a/other");
            zk.failure(ZkWrite.createSequential("/a/n_", ""), ZkWrite.check("/a", 7));
            assertThat(sequential(zk)).isGreaterThan(after);
        }
    }

    private static String sequential(AwaitedSession zk) {
        return zk.commit(ZkWrite.createSequential("/a/n_", "text")).get(0).path();
    }
}
