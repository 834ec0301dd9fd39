package org.reassign.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StoredRequest;
import org.reassign.core.decide.InFlightBudget;
import org.reassign.core.decide.InFlightLimits;

/** Which of many waiting entries a partition is to follow, and what becomes of the others. */
class FoldTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    private final Known cluster = new Known();
    private final Set<String> settled = new HashSet<>();
    private boolean coalesce = true;
    private InFlightLimits limits = InFlightLimits.NONE;

    @Test
    void entriesOfAllChannelsGoByZxidNotByNameOrPlace() {
        Fold.Result admission = fold(
                request("request_1", 30, T0, Replicas.of(3, 4)),
                legacy(20, T0, Replicas.of(2, 3)),
                request("request_9", 10, T0, Replicas.of(1, 2)));

        assertThat(admission.admitted().get(T0).target()).isEqualTo(Replicas.of(3, 4));
        assertThat(answers(admission))
                .containsExactly("request_9 t-0 SUPERSEDED", "reassign_partitions t-0 SUPERSEDED");
    }

    @Test
    void aRefusedEntrySupersedesNothing() {
        Fold.Result admission =
                fold(request("request_0", 10, T0, Replicas.of(2, 3)), request("request_1", 11, T0, Replicas.of(2, 99)));

        assertThat(admission.admitted().get(T0).target()).isEqualTo(Replicas.of(2, 3));
        assertThat(answers(admission)).containsExactly("request_1 t-0 REFUSED");
    }

    @Test
    void aCancelOfAnAcceptedUnwrittenOneEndsItAsCancelled() {
        Fold.Result admission = fold(request("request_0", 10, T0, Replicas.of(2, 3)), cancel("request_1", 11, T0));

        assertThat(admission.admitted()).isEmpty();
        assertThat(answers(admission)).containsExactly("request_0 t-0 CANCELLED", "request_1 t-0 COMPLETED");
    }

    @Test
    void theEntryThatTheRecordFollowsIsRecordedNotAcceptedAgain() {
        cluster.records.put(T0, record("request_0", 10, Mechanism.REQUEST, Replicas.of(2, 3)));
        Fold.Result admission = fold(request("request_0", 10, T0, Replicas.of(2, 3)));

        assertThat(admission.admitted()).isEmpty();
        assertThat(admission.replays()).extracting(LedgerEntry::name).containsExactly("t-0");
    }

    @Test
    void aRequestOlderThanTheRecordIsSuperseded() {
        cluster.records.put(T0, record("reassign_partitions", 20, Mechanism.LEGACY, Replicas.of(2, 3)));
        Fold.Result admission = fold(request("request_0", 10, T0, Replicas.of(3, 4)));

        assertThat(answers(admission)).containsExactly("request_0 t-0 SUPERSEDED");
    }

    /** Our rewrite of the legacy znode made it newer than a request that nobody had read when the controller ended. */
    @Test
    void aRunningLegacyEntryDoesNotBeatARequestThatCameAfterIt() {
        cluster.records.put(T0, record("reassign_partitions", 10, Mechanism.LEGACY, Replicas.of(2, 3)));
        Fold.Result admission =
                fold(request("request_0", 20, T0, Replicas.of(3, 4)), legacy(30, T0, Replicas.of(2, 3)));

        assertThat(admission.admitted().get(T0).request().id()).isEqualTo("request_0");
        assertThat(answers(admission)).isEmpty();
    }

    @Test
    void whileASettledEntryIsStoredNothingNewerIsAdmittedForItsPartition() {
        settled.add("request_0 t-0");
        Fold.Result admission = fold(
                request("request_0", 10, T0, Replicas.of(2, 3)),
                request("request_1", 11, T0, Replicas.of(3, 4)),
                request("request_2", 12, T1, Replicas.of(3, 4)));

        assertThat(admission.admitted().keySet()).containsExactly(T1);
        assertThat(answers(admission)).isEmpty();
    }

    @Test
    void aFaultyEntryBlocksNobodyFromItsPartitionOnceItIsSettled() {
        settled.add("request_0 t-0");
        Fold.Result admission = fold(
                incoming(
                        "request_0",
                        10,
                        Mechanism.REQUEST,
                        new StoredRequest.Invalid("t-0", new Refusal(Refusal.Code.WRONG_TYPE, "no list; write one"))),
                request("request_1", 11, T0, Replicas.of(3, 4)));

        assertThat(admission.admitted().keySet()).containsExactly(T0);
    }

    @Test
    void aValueThatIsGoneBecauseTheRecordFollowsItIsNoFault() {
        cluster.records.put(T0, record("request_0", 10, Mechanism.REQUEST, Replicas.of(2, 3)));
        Refusal gone = new Refusal(Refusal.Code.OVERWRITTEN, "the value of t-0 is gone");
        Fold.Result admission =
                fold(incoming("request_0", 10, Mechanism.REQUEST, new StoredRequest.Overwritten(T0, gone)));

        assertThat(admission.answers()).isEmpty();
        assertThat(admission.replaced()).extracting(LedgerEntry::name).containsExactly("t-0");
    }

    /** Were the newer one recorded first, a crash would leave one of which nobody can tell whether it ran. */
    @Test
    void whileAValueThatIsGoneAndRanIsStoredNothingNewerIsAdmittedForItsPartition() {
        cluster.records.put(T0, record("request_0", 10, Mechanism.REQUEST, Replicas.of(2, 3)));
        settled.add("request_0 t-0");
        Refusal gone = new Refusal(Refusal.Code.OVERWRITTEN, "the value of t-0 is gone");
        Fold.Result admission = fold(
                incoming("request_0", 10, Mechanism.REQUEST, new StoredRequest.Overwritten(T0, gone)),
                request("request_1", 11, T0, Replicas.of(3, 4)));

        assertThat(admission.admitted()).isEmpty();
        assertThat(admission.answers()).isEmpty();
        assertThat(admission.holds()).isTrue();
    }

    @Test
    void whatIsAskedOfATopicThatCannotBeReadWaits() {
        cluster.unreadable = true;
        Fold.Result admission = fold(request("request_0", 10, T0, Replicas.of(2, 3)), cancel("request_1", 11, T0));

        assertThat(admission.admitted()).isEmpty();
        assertThat(admission.answers()).isEmpty();
    }

    @Test
    void whereRequestsAreNotCoalescedTheFirstIsAcceptedAndTheOthersWait() {
        coalesce = false;
        Fold.Result admission = fold(
                request("request_0", 10, T0, Replicas.of(2, 3)),
                request("request_1", 11, T0, Replicas.of(3, 4)),
                cancel("request_2", 12, T0));

        assertThat(admission.admitted().get(T0).target()).isEqualTo(Replicas.of(2, 3));
        assertThat(admission.admitted().get(T0).later()).containsExactly(Replicas.of(3, 4), Replicas.of(0, 1));
        assertThat(admission.answers()).isEmpty();
    }

    @Test
    void aFaultyEntryIsRefusedAlsoBehindOneThatIsAccepted() {
        coalesce = false;
        Fold.Result admission =
                fold(request("request_0", 10, T0, Replicas.of(2, 3)), request("request_1", 11, T0, Replicas.of(2, 99)));

        assertThat(admission.admitted().get(T0).later()).isEmpty();
        assertThat(answers(admission)).containsExactly("request_1 t-0 REFUSED");
    }

    @Test
    void whatFindsNoRoomWaitsWithAllThatItWouldSupersede() {
        limits = new InFlightLimits(1, 1);
        Fold.Result admission = fold(
                request("request_0", 10, T1, Replicas.of(2, 3)),
                request("request_1", 11, T0, Replicas.of(3, 4)),
                request("request_2", 12, T0, Replicas.of(0, 4)));

        assertThat(admission.admitted()).containsOnlyKeys(T1);
        assertThat(admission.answers()).isEmpty();
        assertThat(admission.waits()).isTrue();
    }

    @Test
    void whatIsInFlightMayBeChangedHoweverLittleRoomThereIs() {
        limits = new InFlightLimits(1, 1);
        cluster.records.put(T0, record("request_0", 10, Mechanism.REQUEST, Replicas.of(2, 3)));
        Fold.Result admission = fold(request("request_1", 11, T0, Replicas.of(3, 4)));

        assertThat(admission.admitted()).containsOnlyKeys(T0);
        assertThat(admission.waits()).isFalse();
    }

    private Fold.Result fold(StoredRequest... stored) {
        Ledger ledger = new Ledger(0);
        for (StoredRequest request : stored) {
            boolean legacy = request.mechanism() == Mechanism.LEGACY;
            Set<ChannelTrait> traits = legacy ? EnumSet.allOf(ChannelTrait.class) : Set.of();
            ledger.observe(legacy ? "legacy" : "payload", traits, request.path(), List.of(request));
        }
        ledger.waiting().stream()
                .filter(entry -> settled.contains(entry.request().id() + " " + entry.name()))
                .forEach(entry -> ledger.recorded(new AdmittedEntry(entry, Replicas.NONE), Optional.empty()));
        return Fold.of(
                ledger,
                cluster,
                (running, request, entry) -> new Resolution.Accept(),
                coalesce,
                () -> InFlightBudget.beside(cluster.records.values(), limits, new Placement.InTopic()));
    }

    private static List<String> answers(Fold.Result admission) {
        return Stream.concat(
                        admission.answers().stream().map(one -> text(one.entry(), one.outcome())),
                        admission.admitted().values().stream()
                                .flatMap(one -> one.overtaken().stream())
                                .map(one -> text(one.entry(), one.outcome())))
                .toList();
    }

    private static String text(LedgerEntry entry, Outcome outcome) {
        return entry.request().id() + " " + entry.name() + " " + outcome;
    }

    private static StoredRequest request(String id, long zxid, TopicPartition partition, Replicas target) {
        return incoming(id, zxid, Mechanism.REQUEST, new StoredRequest.Valid(partition, Optional.of(target)));
    }

    private static StoredRequest cancel(String id, long zxid, TopicPartition partition) {
        return incoming(id, zxid, Mechanism.REQUEST, new StoredRequest.Valid(partition, Optional.empty()));
    }

    private static StoredRequest legacy(long zxid, TopicPartition partition, Replicas target) {
        return incoming(
                "reassign_partitions", zxid, Mechanism.LEGACY, new StoredRequest.Valid(partition, Optional.of(target)));
    }

    private static StoredRequest incoming(String id, long zxid, Mechanism mechanism, StoredRequest.Entry entry) {
        return StoredRequest.of("/admin/" + id, mechanism, zxid, List.of(entry));
    }

    private static ReassignmentRecord record(String request, long zxid, Mechanism mechanism, Replicas target) {
        return new ReassignmentRecord(
                T0,
                target,
                Replicas.of(0, 1),
                Replicas.NONE,
                mechanism,
                zxid,
                request,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** Topic t with two partitions on brokers 0 and 1 of 0 to 4. */
    private static final class Known implements AdmissionView {
        private final Map<TopicPartition, ReassignmentRecord> records = new HashMap<>();
        private boolean unreadable;

        @Override
        public boolean exists(String topic) {
            return topic.equals("t");
        }

        @Override
        public boolean unreadable(String topic) {
            return unreadable;
        }

        @Override
        public boolean beingDeleted(String topic) {
            return false;
        }

        @Override
        public Optional<Replicas> assigned(TopicPartition partition) {
            return Optional.of(Replicas.of(0, 1));
        }

        @Override
        public Optional<ReassignmentRecord> record(TopicPartition partition) {
            return Optional.ofNullable(records.get(partition));
        }

        @Override
        public boolean registered(int broker) {
            return broker < 5;
        }
    }
}
