package org.reassign.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicRead.Content;

/** What became of t-0, which was [0,1] and was to be [2,3] by request_7, or was to be cancelled by it. */
class OutcomeCheckTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Replicas BEFORE = Replicas.of(0, 1);
    private static final Replicas TARGET = Replicas.of(2, 3);
    private static final SubmittedTarget MOVE = new SubmittedTarget(
            PARTITION, Optional.of(TARGET), Mechanism.REQUEST, "payload", List.of("request_7"), Optional.empty());
    private static final SubmittedTarget CANCEL = new SubmittedTarget(
            PARTITION, Optional.empty(), Mechanism.REQUEST, "payload", List.of("request_7"), Optional.empty());
    private static final Refusal REFUSAL = new Refusal(Refusal.Code.CONFLICT, "no");

    private final SortedMap<String, Refusal> refusals = new TreeMap<>();
    private Optional<Replicas> assigned = Optional.of(BEFORE);
    private Optional<ReassignmentRecord> record = Optional.empty();
    private List<WaitingTarget> stored = List.of();

    private Optional<Outcome> outcome(SubmittedTarget entry) {
        return new OutcomeCheck(cluster()).of(entry, refusals).map(Answer::outcome);
    }

    private ClusterSnapshot cluster() {
        Content content = assigned.<Content>map(replicas -> new Content.Present(1, topic(replicas)))
                .orElse(new Content.Absent());
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        record.ifPresent(running -> records.put(0, running));
        TopicRead read = new TopicRead("t", content, List.of(records), ZkSnapshot.EMPTY, List.of(), List.of());
        return new ClusterSnapshot(
                new ControllerStatus(
                        ControllerStatus.Leader.NONE,
                        OptionalInt.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                stored,
                new TreeMap<>(Map.of("t", read)),
                Set.of(),
                Set.of());
    }

    private static TopicSnapshot topic(Replicas replicas) {
        return new TopicSnapshot(
                "t", new TreeMap<>(Map.of(0, replicas)), Map.of(), 0, new TreeMap<>(), ZkSnapshot.EMPTY);
    }

    private void running(Replicas target, String request) {
        record = Optional.of(
                ReassignmentRecord.of(PARTITION, target, BEFORE).withRequest(Mechanism.REQUEST, request, 1));
        assigned = Optional.of(target.append(BEFORE));
    }

    private void stored(SubmittedTarget entry, String request) {
        stored = List.of(new WaitingTarget(
                PARTITION, entry.target(), request, Mechanism.REQUEST, Optional.empty(), Optional.empty()));
    }

    @Test
    void anEntryThatIsStoredWaits() {
        stored(MOVE, "request_7");
        assertThat(outcome(MOVE)).isEmpty();
        stored(CANCEL, "request_7");
        assertThat(outcome(CANCEL)).isEmpty();
    }

    @Test
    void theSameEntryOfAnotherRequestIsNotIt() {
        assigned = Optional.of(TARGET);
        stored(MOVE, "request_8");
        assertThat(outcome(MOVE)).contains(Outcome.COMPLETED);
    }

    @Test
    void aRecordThatFollowsItIsInFlight() {
        running(TARGET, "request_7");
        assertThat(outcome(MOVE)).isEmpty();
        running(BEFORE, "request_7");
        assertThat(outcome(CANCEL)).isEmpty();
    }

    @Test
    void aRecordOfAnEarlierRequestForTheSameIsAsGood() {
        running(TARGET, "request_5");
        assertThat(outcome(MOVE)).isEmpty();
        running(BEFORE, "request_5");
        assertThat(outcome(CANCEL)).isEmpty();
    }

    @Test
    void aRecordForSomethingElseHasTakenItsPlace() {
        running(Replicas.of(3, 4), "request_8");
        assertThat(outcome(MOVE)).contains(Outcome.SUPERSEDED);
        assertThat(outcome(CANCEL)).contains(Outcome.SUPERSEDED);
    }

    @Test
    void theTargetWithoutARecordIsTheEnd() {
        assigned = Optional.of(TARGET);
        assertThat(outcome(MOVE)).contains(Outcome.COMPLETED);
        assigned = Optional.of(Replicas.of(3, 2));
        assertThat(outcome(MOVE)).as("another order is another list").contains(Outcome.SUPERSEDED);
        assertThat(outcome(CANCEL)).as("nothing is in flight").contains(Outcome.COMPLETED);
    }

    @Test
    void aRefusalOfTheEntryOrOfItsRequestIsTold() {
        refusals.put("t-0", REFUSAL);
        assertThat(outcome(MOVE)).contains(Outcome.REFUSED);
        refusals.clear();
        refusals.put("request_7", REFUSAL);
        assertThat(new OutcomeCheck(cluster()).of(MOVE, refusals).flatMap(Answer::refusal))
                .contains(REFUSAL);
        refusals.clear();
        refusals.put("t-1", REFUSAL);
        assertThat(outcome(MOVE)).contains(Outcome.SUPERSEDED);
    }

    @Test
    void anEarlierRefusalInAZnodeOfTheSameNameDoesNotHideTheEnd() {
        refusals.put("t-0", REFUSAL);
        assigned = Optional.of(TARGET);
        assertThat(outcome(MOVE)).contains(Outcome.COMPLETED);
        assigned = Optional.of(BEFORE);
        assertThat(outcome(CANCEL)).as("nothing was in flight").contains(Outcome.REFUSED);
    }

    @Test
    void aDeletedTopicEndsIt() {
        assigned = Optional.empty();
        assertThat(outcome(MOVE)).contains(Outcome.TOPIC_DELETED);
    }
}
