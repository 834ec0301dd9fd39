package org.reassign.plugin.isrwatchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.meter.MeteredSessions;

/** What each watcher costs in watches, which is what the thread weighed them by. */
class OutstandingWatchesTest {
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final MeteredSessions sessions = new MeteredSessions(zooKeeper, List.of());
    private final Brokers brokers = new Brokers(sessions);

    /** The most watches at one time while every partition in flight changes twice. */
    private long watches(IsrWatcher watcher, int inFlight) {
        List<TopicPartition> partitions = IntStream.range(0, inFlight)
                .mapToObj(number -> new TopicPartition("t", number))
                .toList();
        partitions.forEach(brokers::create);
        Reports reports = new Reports();
        try (ZkPort zk = sessions.open("controller");
                IsrWatch watch = watcher.open(zk, reports)) {
            watch.add(partitions);
            for (int round = 0; round < 2; round++) {
                partitions.forEach(brokers::change);
                partitions.forEach(brokers::notifyOf);
                assertThat(reports.states()).hasSize(inFlight);
            }
            return sessions.cost("controller").watchesOutstandingMax();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void per_partition_has_one_for_each_in_flight(int inFlight) {
        assertThat(watches(new PerPartition(), inFlight)).isEqualTo(inFlight);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void batched_has_one(int inFlight) {
        assertThat(watches(new Batched(), inFlight)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void recursive_has_one(int inFlight) {
        assertThat(watches(new Recursive(), inFlight)).isEqualTo(1);
    }

    static List<IsrWatcher> watchers() {
        return List.of(new PerPartition(), new Batched(), new Recursive());
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void partitions_that_are_removed_leave_no_watch(IsrWatcher watcher) {
        TopicPartition first = new TopicPartition("t", 0);
        TopicPartition second = new TopicPartition("t", 1);
        brokers.create(first);
        brokers.create(second);
        Reports reports = new Reports();
        try (ZkPort zk = sessions.open("controller");
                IsrWatch watch = watcher.open(zk, reports)) {
            watch.add(List.of(second));
            int before = zooKeeper.watchCount();
            watch.add(List.of(first));
            brokers.change(first);
            brokers.notifyOf(first);
            watch.reread();
            watch.remove(List.of(first));
            assertThat(zooKeeper.watchCount()).isEqualTo(before);
            brokers.change(first);
            brokers.change(second);
            brokers.notifyOf(second);
            assertThat(reports.states()).contains("t-1 1").doesNotContain("t-0 2");
        }
    }

    @Test
    void a_read_under_way_when_its_partition_is_removed_leaves_no_watch() {
        TopicPartition partition = new TopicPartition("t", 0);
        brokers.create(partition);
        HeldPort zk = new HeldPort(sessions.open("controller"));
        IsrWatch watch = new PerPartition().open(zk, new Reports());
        watch.add(List.of(partition));
        zk.hold(States.path(partition));
        brokers.change(partition);
        watch.remove(List.of(partition));
        zk.answerOldest();
        assertThat(zooKeeper.watchCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("watchers")
    void a_closed_watch_leaves_no_one_shot_watch(IsrWatcher watcher) {
        TopicPartition partition = new TopicPartition("t", 0);
        brokers.create(partition);
        try (ZkPort zk = sessions.open("controller")) {
            IsrWatch watch = watcher.open(zk, new Reports());
            watch.add(List.of(partition));
            watch.close();
            assertThat(zooKeeper.watchCount()).isEqualTo(watcher instanceof Recursive ? 1 : 0);
        }
    }

    @Test
    void a_recursive_watch_that_is_added_again_while_it_stands_is_still_one() {
        TopicPartition partition = new TopicPartition("t", 0);
        brokers.create(partition);
        Reports reports = new Reports();
        try (ZkPort zk = sessions.open("controller");
                IsrWatch watch = new Recursive().open(zk, reports)) {
            watch.add(List.of(partition));
            watch.reread();
            watch.reread();
            reports.states();
            brokers.change(partition);
            assertThat(reports.states()).containsExactly("t-0 1");
            assertThat(sessions.cost("controller").watchesOutstandingMax()).isEqualTo(1);
        }
    }
}
