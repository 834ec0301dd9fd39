package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;

/** What one turn writes, in which order, in how many transactions, and what a failed write takes with it. */
class StoreTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final LeaderAndIsr STATE = new LeaderAndIsr(0, 1, 1, Replicas.of(0, 1), Map.of());

    private final MeteredSessions sessions =
            new MeteredSessions(new MemoryZooKeeper(Runnable::run, () -> 0), List.of());
    private final ZkPort zk = sessions.open("controller");
    private final Map<String, TopicSnapshot> topics = new TreeMap<>();
    private final OwedDeletes owed = new OwedDeletes();

    @BeforeEach
    void aTopicOfTwoPartitions() {
        for (String path : List.of(
                "/controller_epoch",
                "/admin",
                "/admin/reassignment_deletes",
                "/admin/records",
                "/admin/legacy",
                "/brokers",
                "/brokers/topics",
                "/brokers/topics/t",
                "/brokers/topics/t/partitions",
                "/brokers/topics/t/partitions/0",
                "/brokers/topics/t/partitions/1",
                StateJson.path(T0),
                StateJson.path(T1))) {
            commit(ZkWrite.create(path, ""));
        }
        TreeMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(0, 1)));
        topics.put("t", new TopicSnapshot("t", assigned, Map.of(), 0, new TreeMap<>(), ZkSnapshot.EMPTY));
        sessions.reset();
    }

    @Test
    void theOrderOfOneTurn() {
        owed.apply(owed.add(List.of(new OwedDelete(2, T0, 7))));
        TurnPlan plan = plan(WriteMode.BATCHED, grows(T0, Replicas.of(3)), grows(T1, Replicas.NONE));

        assertThat(plan.ops().stream().map(op -> op.wave() + " " + op.write().path()))
                .containsExactly(
                        "LEGACY_REMOVALS /admin/legacy",
                        "OWED_ADDED /admin/reassignment_deletes/3",
                        "OWED_ADDED /admin/reassignment_deletes/3/chunk_0000000000",
                        "RECORDS_WRITTEN /admin/records/0",
                        "RECORDS_WRITTEN /admin/records/1",
                        "TOPICS /brokers/topics/t",
                        "OWED_REMOVED /admin/reassignment_deletes/2/chunk_0000000000",
                        "OWED_REMOVED /admin/reassignment_deletes/2",
                        "STATE " + StateJson.path(T0),
                        "STATE " + StateJson.path(T1));
    }

    @ParameterizedTest
    @EnumSource
    void everyModeLeavesTheSame(WriteMode mode) {
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE), grows(T1, Replicas.NONE));

        assertThat(outcome).isEqualTo(Store.Outcome.DONE);
        assertThat(text("/brokers/topics/t")).isEqualTo("{\"partitions\":{\"0\":[2,0,1],\"1\":[2,0,1]}}");
        assertThat(text(StateJson.path(T1))).isEqualTo(StateJson.encode(STATE));
        // record, AR and state of two partitions: the topic's znode once where a turn is a batch
        Cost cost = sessions.cost("controller");
        assertThat(cost.transactions())
                .isEqualTo(
                        switch (mode) {
                            case SINGLE -> 6;
                            case PIPELINED -> 5; // both writes of the topic's znode in one
                            case BATCHED -> 2;
                        });
        assertThat(cost.setData()).isEqualTo(mode == WriteMode.BATCHED ? 3 : 4);
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatABrokerHasWrittenMeanwhileIsLeftAloneAndTheOthersAreWritten(WriteMode mode) {
        commit(ZkWrite.setData(StateJson.path(T0), "by a broker", 0));
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE), grows(T1, Replicas.NONE));

        assertThat(outcome.records()).isEmpty();
        assertThat(outcome.states()).containsExactly(T0);
        assertThat(outcome.why().orElseThrow()).contains(StateJson.path(T0));
        assertThat(text(StateJson.path(T0))).isEqualTo("by a broker");
        assertThat(text(StateJson.path(T1))).isEqualTo(StateJson.encode(STATE));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrittenAfterARecordThatCouldNotBe(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/0", "in the way"));
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE));

        assertThat(outcome.records()).containsExactly(T0);
        assertThat(outcome.states()).isEmpty();
        assertThat(text("/brokers/topics/t")).isEmpty();
        assertThat(text(StateJson.path(T0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalIsKnownToBeDoneThoughTheRecordAfterItWasNotWritten(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/0", "in the way"));
        TurnPlan plan = plan(mode, grows(T0, Replicas.NONE));
        Store.Outcome outcome = new Store(zk, new Fence(1000, 1, 0), mode).perform(plan);

        boolean together = mode == WriteMode.BATCHED;
        assertThat(outcome.records()).containsExactly(T0);
        assertThat(outcome.removed())
                .isEqualTo(together ? List.of() : List.of(plan.ops().get(0).write()));
        assertThat(text("/admin/legacy")).isEqualTo(together ? "" : "less");
    }

    @ParameterizedTest
    @EnumSource
    void aTopicThatSomebodyElseHasWrittenIsLeftAloneByAllOfItsPartitions(WriteMode mode) {
        commit(ZkWrite.setData("/brokers/topics/t", "by an operator", 0));
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE), grows(T1, Replicas.NONE));

        assertThat(outcome.records()).containsExactly(T0, T1);
        assertThat(text("/brokers/topics/t")).isEqualTo("by an operator");
    }

    @ParameterizedTest
    @EnumSource
    void aTopicThatSomebodyElseHasWrittenInPlaceOfOneThatFailedIsLeftAloneToo(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/0", "in the way"));
        commit(ZkWrite.setData("/brokers/topics/t", "by an operator", 0));
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE), grows(T1, Replicas.NONE));

        assertThat(outcome.records()).containsExactly(T0, T1);
        assertThat(text("/brokers/topics/t")).isEqualTo("by an operator");
    }

    @ParameterizedTest
    @EnumSource
    void aDeposedControllerWritesNothing(WriteMode mode) {
        commit(ZkWrite.setData("/controller_epoch", "2", 0));

        assertThatThrownBy(() -> perform(mode, 0, grows(T0, Replicas.NONE))).isInstanceOf(LeadershipLost.class);
        assertThat(text("/brokers/topics/t")).isEmpty();
        assertThat(zk.exists("/admin/records/0").toCompletableFuture().join()).isEmpty();
    }

    private static PartitionWrite grows(TopicPartition partition, Replicas owed) {
        ReassignmentRecord record = new ReassignmentRecord(
                partition,
                Replicas.of(2),
                Replicas.of(0, 1),
                Replicas.NONE,
                Mechanism.REQUEST,
                1,
                "request_0000000000",
                Optional.empty(),
                Optional.empty(),
                0);
        RecordChange change = new RecordChange(partition.partition(), Replicas.of(2, 0, 1), Optional.of(record));
        return new PartitionWrite(partition, Optional.of(change), owed, 1, Optional.of(STATE), 0);
    }

    private TurnPlan plan(WriteMode mode, PartitionWrite... writes) {
        TurnPlan.Removal removal = new TurnPlan.Removal(ZkWrite.setData("/admin/legacy", "less", 0), Set.of(T0));
        return TurnPlan.of(List.of(writes), List.of(removal), topics, owed, new OneZnodePerRecord(), mode);
    }

    private Store.Outcome perform(WriteMode mode, int epochVersion, PartitionWrite... writes) {
        TurnPlan plan = TurnPlan.of(List.of(writes), List.of(), topics, owed, new OneZnodePerRecord(), mode);
        return new Store(zk, new Fence(1000, 1, epochVersion), mode).perform(plan);
    }

    private void commit(ZkWrite write) {
        zk.commit(List.of(write)).toCompletableFuture().join();
    }

    private String text(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    private static final class OneZnodePerRecord implements StorageLayout {
        @Override
        public Placement placement() {
            return new Placement.OnePerTopic("/admin/records");
        }

        @Override
        public StoredRecords decode(TopicSnapshot topic) {
            return new StoredRecords(List.of(), List.of());
        }

        @Override
        public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
            return new RecordWrites(
                    changes.stream()
                            .map(change -> ZkWrite.create("/admin/records/" + change.partition(), ""))
                            .toList(),
                    Map.of(),
                    List.of());
        }
    }
}
