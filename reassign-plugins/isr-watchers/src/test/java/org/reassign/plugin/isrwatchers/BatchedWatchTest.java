package org.reassign.plugin.isrwatchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;

class BatchedWatchTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final MemoryZooKeeper sessions = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final Brokers brokers = new Brokers(sessions);
    private final HeldPort zk = new HeldPort(sessions.open("controller"));
    private final Reports reports = new Reports();

    @BeforeEach
    void create() {
        brokers.create(T0);
        brokers.create(T1);
    }

    private IsrWatch open() {
        IsrWatch watch = new Batched().open(zk, reports);
        watch.add(List.of(T0, T1));
        reports.states();
        return watch;
    }

    @Test
    void a_notification_makes_it_read_what_it_names_and_nothing_else() {
        open();
        brokers.change(T0);
        brokers.change(T1);
        String path = brokers.notifyOf(T1);
        assertThat(reports.states()).containsExactly("t-1 1");
        assertThat(reports.notifications()).containsExactly(path);
    }

    @Test
    void below_a_parent_that_was_deleted_and_made_again_names_begin_again() {
        open();
        String path = brokers.notifyOf(T0);
        assertThat(reports.notifications()).containsExactly(path);
        ZkPort operator = sessions.open("operator");
        operator.commit(List.of(
                ZkWrite.delete(path, ZkWrite.ANY_VERSION), ZkWrite.delete(IsrNotification.ROOT, ZkWrite.ANY_VERSION)));
        brokers.change(T1);
        String names = "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":1}]}";
        operator.commit(List.of(
                ZkWrite.create(IsrNotification.ROOT, ""),
                ZkWrite.createSequential(IsrNotification.ROOT + "/isr_change_", names)));
        assertThat(reports.states()).contains("t-1 1");
        assertThat(reports.notifications()).contains(path);
    }

    /** A child watch tells of the first change only. */
    @Test
    void below_a_parent_that_was_made_again_unseen_the_same_name_is_read_at_the_next_reread() {
        IsrWatch watch = open();
        String path = brokers.notifyOf(T0);
        assertThat(reports.notifications()).containsExactly(path);
        brokers.change(T1);
        String names = "{\"version\":1,\"partitions\":[{\"topic\":\"t\",\"partition\":1}]}";
        sessions.open("operator")
                .commit(List.of(
                        ZkWrite.delete(path, ZkWrite.ANY_VERSION),
                        ZkWrite.delete(IsrNotification.ROOT, ZkWrite.ANY_VERSION),
                        ZkWrite.create(IsrNotification.ROOT, ""),
                        ZkWrite.createSequential(IsrNotification.ROOT + "/isr_change_", names)));
        assertThat(reports.notifications()).as("unseen").isEmpty();
        watch.reread();
        assertThat(reports.states()).contains("t-1 1");
        assertThat(reports.notifications()).contains(path);
    }

    @Test
    void once_a_missing_parent_is_there_again_all_states_are_read() {
        open();
        ZkPort operator = sessions.open("operator");
        operator.commit(List.of(ZkWrite.delete(IsrNotification.ROOT, ZkWrite.ANY_VERSION)));
        brokers.change(T1);
        assertThat(reports.states()).isEmpty();
        operator.commit(List.of(ZkWrite.create(IsrNotification.ROOT, "")));
        assertThat(reports.states()).contains("t-1 1");
    }

    @Test
    void a_malformed_notification_makes_it_read_all_in_flight() {
        open();
        brokers.change(T0);
        brokers.change(T1);
        String path = brokers.notifyWith("{\"version\":1,\"partitions\":[{\"topic\":\"t\"");
        assertThat(reports.states()).containsExactly("t-0 1", "t-1 1");
        assertThat(reports.notifications()).containsExactly(path);
    }

    @Test
    void a_notification_whose_states_could_not_be_read_is_not_reported_and_is_read_again() {
        IsrWatch watch = open();
        zk.refuse(States.path(T0), Code.CONNECTION_LOSS);
        brokers.change(T0);
        String path = brokers.notifyOf(T0);
        assertThat(reports.states()).isEmpty();
        assertThat(reports.notifications()).isEmpty();
        zk.pass();
        watch.reread();
        assertThat(reports.states()).contains("t-0 1");
        assertThat(reports.notifications()).containsExactly(path);
    }

    @Test
    void a_notification_that_could_not_be_read_is_read_again_with_the_next() {
        open();
        String first = IsrNotification.ROOT + "/isr_change_0000000000";
        zk.refuse(first, Code.CONNECTION_LOSS);
        assertThat(brokers.notifyOf(T0)).isEqualTo(first);
        assertThat(reports.notifications()).isEmpty();
        zk.pass();
        brokers.change(T0);
        String second = brokers.notifyOf(T1);
        assertThat(reports.states()).containsExactly("t-0 1", "t-1 0");
        assertThat(reports.notifications()).containsExactly(first, second);
    }

    @Test
    void a_notification_whose_reading_fails_after_a_newer_listing_is_listed_again() {
        open();
        zk.hold(States.path(T0));
        brokers.change(T0);
        String path = brokers.notifyOf(T0);
        zk.pass();
        brokers.notifyOf(T1);
        reports.states();
        assertThat(reports.notifications()).doesNotContain(path);
        zk.failOldest();
        assertThat(reports.states()).containsExactly("t-0 1");
        assertThat(reports.notifications()).containsExactly(path);
    }

    @Test
    void a_reread_lists_the_notifications_again() {
        zk.refuse(IsrNotification.ROOT, Code.CONNECTION_LOSS);
        IsrWatch watch = new Batched().open(zk, reports);
        String path = brokers.notifyOf(T0);
        zk.pass();
        watch.reread();
        assertThat(reports.notifications()).containsExactly(path);
        String later = brokers.notifyOf(T0);
        assertThat(reports.notifications()).containsExactly(later);
    }

    @Test
    void a_reread_reads_all_in_flight_whatever_was_notified() {
        IsrWatch watch = open();
        brokers.change(T0);
        watch.reread();
        assertThat(reports.states()).containsExactly("t-0 1", "t-1 0");
    }

    @Test
    void a_broker_that_came_or_went_makes_it_read_all_in_flight() {
        IsrWatch watch = open();
        brokers.change(T1);
        watch.brokersChanged();
        assertThat(reports.states()).containsExactly("t-0 0", "t-1 1");
    }

    @Test
    void an_older_watch_takes_over_when_the_newest_could_not_be_armed() {
        IsrWatch watch = open();
        zk.refuse(IsrNotification.ROOT, Code.CONNECTION_LOSS);
        watch.reread();
        zk.pass();
        String path = brokers.notifyOf(T0);
        assertThat(reports.notifications()).containsExactly(path);
    }
}
