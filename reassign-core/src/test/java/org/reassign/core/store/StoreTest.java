package org.reassign.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    private static final TopicPartition U0 = new TopicPartition("u", 0);
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
                StateJson.path(T1),
                "/brokers/topics/u",
                "/brokers/topics/u/partitions",
                "/brokers/topics/u/partitions/0",
                StateJson.path(U0))) {
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

        assertThat(plan.ops().stream().map(op -> op.phase() + " " + op.write().path()))
                .containsExactly(
                        "LEGACY_REMOVALS /admin/legacy",
                        "OWED_ADDED /admin/reassignment_deletes/3",
                        "OWED_ADDED /admin/reassignment_deletes/3/chunk_0000000000",
                        "RECORDS_WRITTEN /admin/records/t-0",
                        "RECORDS_WRITTEN /admin/records/t-1",
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
        commit(ZkWrite.create("/admin/records/t-0", "in the way"));
        Store.Outcome outcome = perform(mode, 0, grows(T0, Replicas.NONE));

        assertThat(outcome.records()).containsExactly(T0);
        assertThat(outcome.states()).isEmpty();
        assertThat(text("/brokers/topics/t")).isEmpty();
        assertThat(text(StateJson.path(T0))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRemovalIsKnownToBeDoneThoughTheRecordAfterItWasNotWritten(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/t-0", "in the way"));
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
        commit(ZkWrite.create("/admin/records/t-0", "in the way"));
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
        assertThat(zk.exists("/admin/records/t-0").toCompletableFuture().join()).isEmpty();
    }

    /** S1 or D3 of a partition of which nothing else is written. */
    @ParameterizedTest
    @EnumSource
    void aStateThatTakesReplicasAwayIsNotWrittenOnceSomebodyElseHasWrittenTheTopic(WriteMode mode) {
        commit(ZkWrite.setData("/brokers/topics/t", "by an operator", 0));
        Store.Outcome outcome = perform(mode, 0, shrinks(T0), shrinks(T1), states(U0));

        assertThat(outcome.records()).isEmpty();
        assertThat(outcome.states()).containsExactly(T0, T1);
        assertThat(outcome.topicsChanged()).containsExactly("t");
        assertThat(outcome.why().orElseThrow()).contains("BAD_VERSION at /brokers/topics/t");
        assertThat(text(StateJson.path(T0))).isEmpty();
        assertThat(text(StateJson.path(U0))).isEqualTo(StateJson.encode(STATE));
    }

    @ParameterizedTest
    @EnumSource
    void aTopicThatIsGoneIsFoundBySuchAStateToo(WriteMode mode) {
        topics.put("gone", new TopicSnapshot("gone", new TreeMap<>(), Map.of(), 0, new TreeMap<>(), ZkSnapshot.EMPTY));
        commit(ZkWrite.create("/admin/records/t-0", "a record"));
        Store.Outcome outcome = perform(mode, 0, shrinks(new TopicPartition("gone", 0)), shrinks(T0));

        assertThat(outcome.topicsChanged()).containsExactly("gone");
        assertThat(text(StateJson.path(T0))).isEqualTo(StateJson.encode(STATE));
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatTakesReplicasAwayIsNotWrittenOnceItsRecordIsDeleted(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/t-1", "a record"));
        Store.Outcome outcome = perform(mode, 0, shrinks(T0), shrinks(T1));

        assertThat(outcome.topicsChanged()).containsExactly("t");
        assertThat(text(StateJson.path(T0))).isEmpty();
        assertThat(text(StateJson.path(T1))).isEqualTo(StateJson.encode(STATE));
    }

    /** The version that the failed write of another partition would have made is the one that somebody else has made. */
    @ParameterizedTest
    @EnumSource
    void aStateThatTakesReplicasAwayIsNotWrittenOnceTheTopicsOwnWriteHasFailed(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/t-1", "a record"));
        commit(ZkWrite.setData("/brokers/topics/t", "by an operator", 0));
        Store.Outcome outcome = perform(mode, 0, completes(T0), shrinks(T1));

        assertThat(outcome.topicsChanged()).containsExactly("t");
        assertThat(text(StateJson.path(T1))).isEmpty();
    }

    /** A partition is retargeted (D2) and drops at once (D3): the version is the one that this turn makes. */
    @ParameterizedTest
    @EnumSource
    void whatThisTurnItselfWritesOfTheTopicIsNoChange(WriteMode mode) {
        PartitionWrite retarget = grows(T0, Replicas.NONE);
        Store.Outcome outcome = perform(
                mode,
                0,
                new PartitionWrite(T0, retarget.change(), Replicas.NONE, 1, Optional.of(STATE), 0, true),
                grows(T1, Replicas.NONE));

        assertThat(outcome).isEqualTo(Store.Outcome.DONE);
        assertThat(text(StateJson.path(T0))).isEqualTo(StateJson.encode(STATE));
    }

    @Test
    void allStatesOfATopicInATransactionShareOneCheck() {
        commit(ZkWrite.create("/admin/records/t-0", "a record"));
        commit(ZkWrite.create("/admin/records/t-1", "a record"));
        sessions.reset();
        perform(WriteMode.BATCHED, 0, shrinks(T0), shrinks(T1));

        assertThat(sessions.cost("controller").transactions()).isEqualTo(1);
        assertThat(sessions.cost("controller").check()).isEqualTo(4); // the epoch, the topic, and the records
    }

    @ParameterizedTest
    @EnumSource
    void aZnodeThatSomebodyHasPutChildrenBelowIsEmptiedInPlaceOfDeleted(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/t-0", "a record"));
        commit(ZkWrite.create("/admin/records/t-0/odd", ""));
        commit(ZkWrite.create("/admin/records/t-1", "a record"));
        Store store = new Store(zk, new Fence(1000, 1, 0), mode);
        Set<String> failed = store.settle(List.of(
                deletes("first", "/admin/records/t-0", 0),
                deletes("first", "/admin/records/t-1", 0),
                deletes("second", "/admin/records", ZkWrite.ANY_VERSION),
                deletes("third", "/admin/legacy", 0)));

        assertThat(failed).isEmpty();
        assertThat(text("/admin/records/t-0")).isEmpty();
        assertThat(zk.exists("/admin/records/t-1").toCompletableFuture().join()).isEmpty();
        assertThat(zk.exists("/admin/legacy").toCompletableFuture().join()).isEmpty();
        assertThat(store.takeUndeleted()).isEqualTo(Map.of("/admin/records/t-0", true, "/admin/records", false));
        assertThat(store.takeUndeleted()).isEmpty();
        assertThat(version("/admin/records/t-0")).isEqualTo(1);
        assertThat(version("/admin/records")).as("a parent is left as it is").isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aTurnGoesOnPastARecordThatCouldOnlyBeEmptied(WriteMode mode) {
        commit(ZkWrite.create("/admin/records/t-0", "a record"));
        commit(ZkWrite.create("/admin/records/t-0/odd", ""));
        Store store = new Store(zk, new Fence(1000, 1, 0), mode);
        Store.Outcome outcome = store.perform(TurnPlan.of(
                List.of(completes(T0), states(T1)), List.of(), topics, owed, new OneZnodePerRecord(), mode));

        assertThat(outcome).isEqualTo(Store.Outcome.DONE);
        assertThat(text("/admin/records/t-0")).isEmpty();
        assertThat(text("/brokers/topics/t")).contains("\"0\":[2]");
        assertThat(text(StateJson.path(T1))).isEqualTo(StateJson.encode(STATE));
        assertThat(store.takeUndeleted()).isEqualTo(Map.of("/admin/records/t-0", true));
    }

    @ParameterizedTest
    @EnumSource
    void aZnodeWithChildrenIsNotEmptiedAtAnotherVersion(WriteMode mode) {
        commit(ZkWrite.create("/admin/legacy/odd", ""));
        commit(ZkWrite.setData("/admin/legacy", "newer", 0));
        Store store = new Store(zk, new Fence(1000, 1, 0), mode);

        assertThat(store.settle(List.of(deletes("it", "/admin/legacy", 0)))).containsExactly("it");
        assertThat(text("/admin/legacy")).isEqualTo("newer");
        assertThat(store.takeUndeleted()).isEmpty();
    }

    /** What is to be created beside it is there already, so that it is sent again without, before its parent is deleted. */
    @ParameterizedTest
    @EnumSource
    void aParentIsDeletedAfterAChildThatIsSentAgain(WriteMode mode) {
        commit(ZkWrite.create("/admin/legacy/child", ""));
        commit(ZkWrite.create("/admin/records/kept", ""));
        Op<String> child =
                deletes("it", "/admin/legacy/child", 0).beside(List.of(ZkWrite.create("/admin/records/kept", "")));
        Op<String> parent = new Op<>(Op.Phase.SETTLED, Set.of("it"), ZkWrite.delete("/admin/legacy", 0));
        Store store = new Store(zk, new Fence(1000, 1, 0), mode);

        assertThat(store.settle(List.of(child, parent))).isEmpty();
        assertThat(store.takeUndeleted()).isEmpty();
        assertThat(zk.exists("/admin/legacy").toCompletableFuture().join()).isEmpty();
    }

    /** One transaction would hold all; what is sent again stays in proportion to what is stale, wherever it lies. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void staleStatesAmongManyCostAFewWritesMoreEach(int stale) {
        int all = 2_000;
        List<Op<String>> ops = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            String path = "/admin/legacy/" + i;
            commit(ZkWrite.create(path, ""));
            boolean isStale = i % (all / stale) == all / stale / 2;
            ops.add(new Op<>(Op.Phase.STATE, Set.of(path), ZkWrite.setData(path, "x", isStale ? 7 : 0)));
        }
        sessions.reset();
        Set<String> failed = new Store(zk, new Fence(1000, 1, 0), WriteMode.BATCHED).settle(ops);

        assertThat(failed).hasSize(stale);
        assertThat(ops)
                .allMatch(op -> failed.containsAll(op.owners())
                        == text(op.write().path()).isEmpty());
        Cost cost = sessions.cost("controller");
        assertThat(cost.setData()).as("writes sent").isLessThan(4 * all + stale);
        assertThat(cost.transactions()).as("transactions").isLessThan(stale * 12L + 12);
    }

    private static Op<String> deletes(String owner, String path, int version) {
        return new Op<>(Op.Phase.HOUSEKEEPING, Set.of(owner), ZkWrite.delete(path, version));
    }

    private static PartitionWrite shrinks(TopicPartition partition) {
        return new PartitionWrite(partition, Optional.empty(), Replicas.NONE, 1, Optional.of(STATE), 0, true);
    }

    private static PartitionWrite states(TopicPartition partition) {
        return new PartitionWrite(partition, Optional.empty(), Replicas.NONE, 1, Optional.of(STATE), 0, false);
    }

    private static PartitionWrite completes(TopicPartition partition) {
        RecordChange change = new RecordChange(partition.partition(), Replicas.of(2), Optional.empty());
        return new PartitionWrite(partition, Optional.of(change), Replicas.NONE, 1, Optional.empty(), 0, false);
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
        return new PartitionWrite(partition, Optional.of(change), owed, 1, Optional.of(STATE), 0, false);
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

    private int version(String path) {
        return zk.exists(path).toCompletableFuture().join().orElseThrow().version();
    }

    private String text(String path) {
        return zk.getData(path).toCompletableFuture().join().orElseThrow().text();
    }

    private static final class OneZnodePerRecord implements StorageLayout {
        @Override
        public Placement placement() {
            return new Placement.Flat("/admin/records");
        }

        @Override
        public StoredRecords decode(TopicSnapshot topic) {
            return new StoredRecords(List.of(), List.of());
        }

        @Override
        public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
            return new RecordWrites(
                    changes.stream()
                            .filter(change -> change.record().isPresent())
                            .map(change ->
                                    ZkWrite.create("/admin/records/" + topic.topic() + "-" + change.partition(), ""))
                            .toList(),
                    Map.of(),
                    changes.stream()
                            .filter(change -> change.record().isEmpty())
                            .map(change -> ZkWrite.delete(
                                    "/admin/records/" + topic.topic() + "-" + change.partition(), ZkWrite.ANY_VERSION))
                            .toList());
        }
    }
}
