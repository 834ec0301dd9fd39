package org.reassign.plugin.isrwatchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.core.memory.MemoryZooKeeper;

class RecursiveWatchTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final String STATE = States.path(T0);

    private final MemoryZooKeeper sessions = new MemoryZooKeeper(Runnable::run, () -> 0);
    private final Brokers brokers = new Brokers(sessions);
    private final HeldPort zk = new HeldPort(sessions.open("controller"));
    private final Reports reports = new Reports();

    @BeforeEach
    void create() {
        brokers.create(T0);
        brokers.create(T1);
    }

    private IsrWatch open(TopicPartition... partitions) {
        IsrWatch watch = new Recursive().open(zk, reports);
        watch.add(List.of(partitions));
        reports.states();
        return watch;
    }

    @Test
    void a_state_of_what_was_added_is_read_at_every_event_and_no_other_is() {
        open(T0);
        brokers.change(T0);
        brokers.change(T1);
        assertThat(reports.states()).containsExactly("t-0 1");
        assertThat(zk.callsAt(States.path(T1))).isZero();
    }

    @Test
    void what_the_core_writes_is_not_read_back() {
        IsrWatch watch = open(T0);
        long before = zk.callsAt(STATE);
        watch.writing(List.of(T0));
        brokers.change(T0);
        watch.written(List.of(T0));
        assertThat(zk.callsAt(STATE)).isEqualTo(before);
        brokers.change(T0);
        assertThat(reports.states()).containsExactly("t-0 2");
    }

    @Test
    void nor_is_it_where_the_event_comes_after_the_answer() {
        IsrWatch watch = open(T0);
        long before = zk.callsAt(STATE);
        watch.writing(List.of(T0));
        watch.written(List.of(T0));
        brokers.change(T0);
        assertThat(zk.callsAt(STATE)).isEqualTo(before);
        brokers.change(T0);
        assertThat(reports.states()).containsExactly("t-0 2");
    }

    @Test
    void what_is_not_written_or_written_twice_is_read() {
        IsrWatch watch = open(T0, T1);
        watch.writing(List.of(T0, T1));
        brokers.change(T0);
        brokers.change(T1);
        brokers.change(T1);
        watch.written(List.of(T1));
        assertThat(reports.states()).containsExactlyInAnyOrder("t-0 1", "t-1 2");
    }

    @Test
    void an_event_that_was_lost_with_the_connection_stands_for_none_that_comes() {
        IsrWatch watch = open(T0);
        watch.writing(List.of(T0));
        watch.written(List.of(T0));
        watch.reread();
        reports.states();
        brokers.change(T0);
        assertThat(reports.states()).containsExactly("t-0 1");
    }

    @Test
    void other_paths_are_ignored() {
        open(T0);
        long before = zk.callsAt(STATE);
        brokers.set("/brokers/topics");
        brokers.set("/brokers/topics/t");
        brokers.set("/brokers/topics/t/partitions");
        brokers.set("/brokers/topics/t/partitions/0");
        brokers.create(new TopicPartition("t", 10));
        brokers.create(new TopicPartition("u", 0));
        assertThat(zk.callsAt(STATE)).isEqualTo(before);
        assertThat(reports.states()).isEmpty();
    }

    @Test
    void a_state_that_goes_and_comes_is_reported_so() {
        open(T0);
        brokers.delete(T0);
        brokers.create(T0);
        assertThat(reports.states()).containsExactly("t-0 none", "t-0 0");
    }

    @Test
    void events_that_come_during_a_read_cost_one_more_read() {
        open(T0);
        long before = zk.callsAt(STATE);
        zk.hold(STATE);
        for (int i = 0; i < 5; i++) {
            brokers.change(T0);
        }
        assertThat(zk.callsAt(STATE) - before).isEqualTo(1);
        zk.answerOldest();
        assertThat(zk.callsAt(STATE) - before).isEqualTo(2);
        brokers.change(T0);
        zk.pass();
        zk.answerOldest();
        assertThat(zk.callsAt(STATE) - before).isEqualTo(3);
        assertThat(zk.waiting()).isZero();
        assertThat(reports.states()).containsExactly("t-0 5", "t-0 6", "t-0 6");
    }

    @Test
    void adding_waits_for_a_read_that_began_after_it() {
        IsrWatch watch = open(T0);
        zk.hold(STATE);
        brokers.change(T0);
        CompletableFuture<?> added = watch.add(List.of(T0)).toCompletableFuture();
        zk.answerOldest();
        assertThat(added).isNotDone();
        zk.answerOldest();
        assertThat(added).isCompleted();
    }

    @Test
    void a_read_under_way_when_its_partition_is_removed_is_not_reported() {
        IsrWatch watch = open(T0);
        zk.hold(STATE);
        brokers.change(T0);
        watch.remove(List.of(T0));
        zk.answerOldest();
        assertThat(reports.states()).isEmpty();
    }

    @Test
    void a_reread_adds_the_watch_again_and_reads_all_in_flight() {
        zk.refuse(RecursiveIsrWatch.ROOT, Code.CONNECTION_LOSS);
        IsrWatch watch = open(T0, T1);
        brokers.change(T0);
        assertThat(reports.states()).isEmpty();
        zk.pass();
        watch.reread();
        assertThat(reports.states()).containsExactlyInAnyOrder("t-0 1", "t-1 0");
        brokers.change(T1);
        assertThat(reports.states()).containsExactly("t-1 1");
    }

    @Test
    void adding_tries_again_what_could_not_be_armed() {
        zk.refuse(RecursiveIsrWatch.ROOT, Code.CONNECTION_LOSS);
        IsrWatch watch = new Recursive().open(zk, reports);
        zk.pass();
        assertThat(watch.add(List.of(T0)).toCompletableFuture()).isCompleted();
        assertThat(zk.callsAt(RecursiveIsrWatch.ROOT)).isEqualTo(2);
        watch.add(List.of(T1));
        assertThat(zk.callsAt(RecursiveIsrWatch.ROOT)).isEqualTo(2);
    }

    @Test
    void a_server_without_recursive_watches_is_refused_in_a_sentence_before_anything_is_in_flight() {
        zk.refuse(RecursiveIsrWatch.ROOT, Code.UNSUPPORTED);
        IsrWatch watch = new Recursive().open(zk, reports);
        assertThatThrownBy(() -> watch.add(List.of()).toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        ZkException.class, e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED))
                .hasMessage("UNSUPPORTED at /brokers/topics: the ISR watcher recursive needs the recursive watches of"
                        + " ZooKeeper 3.6 or later, which this server does not have; upgrade ZooKeeper or choose the"
                        + " ISR watcher per-partition or batched");
    }
}
