package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkSessions;

/**
 * What every {@link IsrWatcher} has to keep, over any ZooKeeper. Changes are made as brokers make them: first {@code
 * state}, then a notification. A watcher that does not say so ({@link IsrWatcher#watchesRecursively}) finds a server that
 * knows no recursive watches. Nothing is measured by the clock; what does not come fails the test after a deadline.
 */
public interface IsrWatcherContract {
    /** A partition that is watched. */
    TopicPartition T0 = new TopicPartition("t", 0);

    /** Another one. */
    TopicPartition T1 = new TopicPartition("t", 1);

    /** One that says, by its change, that what came before has been seen. */
    TopicPartition MARK = new TopicPartition("mark", 0);

    /** The watcher, made as the host would make it. */
    IsrWatcher watcher();

    /** An empty ZooKeeper, a new one at each call. It must be free of what other tests do. */
    ZkSessions zooKeeper();

    private WatchedCluster cluster() {
        return new WatchedCluster(zooKeeper(), watcher());
    }

    @Test
    default void adding_returns_what_it_read_and_does_not_report_it() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1, MARK);
            cluster.change(T1);
            cluster.deleteNotifications();
            cluster.awaitQuiet();
            assertThat(cluster.versionsOfAdded(T0, T1)).containsExactly(0, 1);
            assertThat(cluster.add(MARK)).containsOnlyKeys(MARK);
            cluster.change(MARK);
            cluster.awaitVersion(MARK, 1);
            assertThat(cluster.reported()).containsExactly(MARK);
        }
    }

    @Test
    default void every_lasting_change_is_reported_however_many_come() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1);
            cluster.add(T0, T1);
            for (int version = 1; version <= 5; version++) {
                cluster.change(T0);
                cluster.awaitVersion(T0, version);
            }
            cluster.change(T1);
            cluster.change(T1);
            cluster.awaitVersion(T1, 2);
        }
    }

    @Test
    default void what_others_write_beside_the_core_is_reported() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1);
            cluster.add(T0, T1);
            cluster.watch().writing(List.of(T0, T1));
            cluster.writeAsCore(T0);
            cluster.change(T0);
            cluster.change(T1);
            cluster.watch().written(List.of(T0));
            cluster.awaitVersion(T0, 2);
            cluster.awaitVersion(T1, 1);
            cluster.change(T0);
            cluster.awaitVersion(T0, 3);
        }
    }

    @Test
    default void a_partition_without_state_is_returned_so_and_reported_as_it_comes() {
        try (WatchedCluster cluster = cluster()) {
            assertThat(cluster.add(T0)).containsExactly(Map.entry(T0, Optional.empty()));
            cluster.create(T0);
            cluster.notifyOf(T0);
            cluster.awaitVersion(T0, 0);
        }
    }

    @Test
    default void what_was_removed_is_reported_no_longer_until_it_is_added_again() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, MARK);
            cluster.add(T0, MARK);
            cluster.watch().remove(List.of(T0));
            for (int version = 1; version <= 2; version++) {
                cluster.change(T0);
                cluster.change(MARK);
                cluster.awaitVersion(MARK, version);
            }
            assertThat(cluster.newest(T0)).isNotPositive();
            assertThat(cluster.versionsOfAdded(T0)).containsExactly(2);
            cluster.change(T0);
            cluster.awaitVersion(T0, 3);
        }
    }

    @Test
    default void only_what_was_added_is_reported() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1, MARK);
            cluster.add(MARK);
            cluster.change(T0);
            cluster.change(MARK);
            cluster.awaitVersion(MARK, 1);
            assertThat(cluster.reported()).containsExactly(MARK);
        }
    }

    @Test
    default void adding_what_was_added_does_no_harm() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0);
            cluster.add(T0);
            cluster.changeWithoutNotifying(T0);
            assertThat(cluster.versionsOfAdded(T0)).containsExactly(1);
            cluster.change(T0);
            cluster.awaitVersion(T0, 2);
            cluster.change(T0);
            cluster.awaitVersion(T0, 3);
        }
    }

    @Test
    default void a_reread_reports_all_that_were_added() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1);
            cluster.add(T0, T1);
            cluster.forget();
            cluster.watch().reread();
            cluster.awaitVersion(T0, 0);
            cluster.awaitVersion(T1, 0);
        }
    }

    @Test
    default void a_connection_that_broke_at_the_worst_moment_is_made_up_for_by_a_reread() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, MARK);
            cluster.add(T0);
            cluster.port().breakConnection();
            cluster.change(T0);
            assertThat(cluster.failureToAdd(MARK)).isInstanceOf(ZkException.class);
            cluster.port().restoreConnection();
            cluster.watch().reread();
            cluster.awaitVersion(T0, 1);
            cluster.change(T0);
            cluster.awaitVersion(T0, 2);
            cluster.add(MARK);
            cluster.change(MARK);
            cluster.awaitVersion(MARK, 1);
        }
    }

    @Test
    default void nothing_is_reported_of_a_read_that_failed_and_a_reread_makes_up_for_it() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, T1);
            cluster.add(T0, T1);
            cluster.forget();
            cluster.port().breakConnectionAtReadOf(WatchedCluster.state(T0));
            cluster.change(T0);
            cluster.awaitBreak();
            cluster.awaitQuiet();
            cluster.watch().reread();
            cluster.awaitQuiet();
            assertThat(cluster.reported()).isEmpty();
            assertThat(cluster.notifications()).isEmpty();
            cluster.port().restoreConnection();
            cluster.watch().reread();
            cluster.awaitVersion(T0, 1);
            cluster.awaitVersion(T1, 0);
            if (watcher().readsNotifications()) {
                cluster.awaitNotifications(1);
            }
        }
    }

    @Test
    default void a_watch_that_was_opened_without_a_connection_works_after_a_reread() {
        try (WatchedCluster cluster = WatchedCluster.broken(zooKeeper(), watcher())) {
            cluster.create(T0);
            cluster.port().restoreConnection();
            cluster.watch().reread();
            cluster.add(T0);
            cluster.change(T0);
            cluster.awaitVersion(T0, 1);
        }
    }

    @Test
    default void a_reread_does_not_make_later_changes_cost_more() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0, MARK);
            cluster.add(T0, MARK);
            for (int i = 0; i < 4; i++) {
                cluster.watch().reread();
            }
            cluster.change(T0);
            cluster.awaitVersion(T0, 1);
            cluster.change(MARK);
            cluster.awaitVersion(MARK, 1);
            cluster.forget();
            cluster.change(T0);
            cluster.awaitVersion(T0, 2);
            cluster.change(MARK);
            cluster.awaitVersion(MARK, 2);
            assertThat(cluster.reportsOf(T0, 2)).isEqualTo(1);
        }
    }

    @Test
    default void a_change_whose_leader_died_before_it_notified_is_found_when_brokers_change() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0);
            cluster.add(T0);
            cluster.changeWithoutNotifying(T0);
            cluster.watch().brokersChanged();
            cluster.awaitVersion(T0, 1);
        }
    }

    @Test
    default void notifications_are_reported_as_read_if_it_says_so_each_once_while_they_lie_there() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0);
            List<String> before = List.of(cluster.notifyOf(T0), cluster.notifyOf(T1));
            cluster.add(T0);
            cluster.change(T0);
            cluster.awaitVersion(T0, 1);
            String malformed = cluster.notifyWith("nonsense");
            cluster.change(T0);
            cluster.awaitVersion(T0, 2);
            if (!watcher().readsNotifications()) {
                assertThat(cluster.notifications()).isEmpty();
                return;
            }
            cluster.awaitNotifications(5);
            assertThat(cluster.notifications())
                    .doesNotHaveDuplicates()
                    .containsAll(before)
                    .contains(malformed);
            cluster.forget(); // their parent may have been made again, and names begin again
            cluster.watch().reread();
            cluster.awaitNotifications(5);
            cluster.deleteNotifications();
            assertThat(cluster.notifications()).doesNotContain(cluster.notifyOf(T0));
            cluster.awaitNotifications(6);
        }
    }

    @Test
    default void a_cluster_in_which_no_broker_ever_notified_is_watched_too() {
        try (WatchedCluster cluster = WatchedCluster.withoutNotificationRoot(zooKeeper(), watcher())) {
            cluster.create(T0);
            cluster.add(T0);
            cluster.createNotificationRoot();
            cluster.change(T0);
            cluster.awaitVersion(T0, 1);
        }
    }

    @Test
    default void a_closed_watch_reports_nothing() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0);
            cluster.add(T0);
            cluster.watch().close();
            cluster.forget();
            cluster.change(T0);
            cluster.awaitQuiet();
            assertThat(cluster.reported()).isEmpty();
        }
    }

    @Test
    default void adding_over_a_lost_session_fails_with_the_ports_exception() {
        try (WatchedCluster cluster = cluster()) {
            cluster.create(T0);
            cluster.port().close();
            assertThat(cluster.failureToAdd(T0)).isInstanceOf(ZkException.class);
        }
    }
}
