package org.reassign.plugin.requestchannels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.client.Requester;
import org.reassign.core.client.UnansweredSubmissionException;

/** The connection breaks at each commit of a submission, before it arrives or before its answer does. */
class LostAnswerTest {
    private static final UUID ID = new UUID(1, 2);

    private final Stored stored = new Stored();
    private final BreakingPort port = new BreakingPort(stored.zooKeeper());

    static List<RequestChannel> channels() {
        return List.of(new Payload(), new NotifyNames(), new NotifyScan(), new Legacy());
    }

    static Stream<Arguments> breaks() {
        return channels().stream()
                .flatMap(channel -> Stream.of(0, 1)
                        .flatMap(commit ->
                                Stream.of(true, false).map(arrives -> Arguments.of(channel, commit, arrives))));
    }

    private CompletableFuture<List<String>> submitted(RequestChannel channel, ReassignmentRequest request) {
        return new Requester(port.port(), channel, () -> ID).submit(request).toCompletableFuture();
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void whatWasAskedIsStoredOnceAndTheAnswerNamesIt(RequestChannel channel, int commit, boolean arrives) {
        port.breaksAt(commit, arrives);
        CompletableFuture<List<String>> ids = submitted(channel, Stored.asking(0, 1, 2));
        assertThat(ids).as("waits for the connection").isNotDone();

        port.reconnect();

        assertThat(Stored.asked(channel, stored.everything(channel)))
                .containsExactly(ids.join().get(0) + " orders-0 [1,2]");
        assertThat(stored.children("/admin")).noneMatch(path -> path.contains("submission"));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void whatWasSettledBeforeTheConnectionIsBackIsNotWrittenAgain(RequestChannel channel) {
        port.breaksAt(0, true);
        CompletableFuture<List<String>> ids = submitted(channel, Stored.asking(0, 1, 2));
        stored.settleAll(channel);
        port.reconnect();

        assertThat(Stored.asked(channel, stored.everything(channel))).isEmpty();
        assertThat(ids.join()).containsExactly(channel instanceof Legacy ? "reassign_partitions" : ID.toString());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void whatAnotherRequesterWritesMeanwhileIsNoAnswer(RequestChannel channel) {
        port.breaksAt(0, false);
        CompletableFuture<List<String>> ids = submitted(channel, Stored.asking(0, 1, 2));
        stored.submit(channel, Stored.asking(1, 3));
        port.reconnect();

        assertThat(ids).isCompleted();
        assertThat(Stored.asked(channel, stored.everything(channel)))
                .extracting(entry -> entry.replaceAll("^\\S+ ", ""))
                .containsExactlyInAnyOrder("orders-0 [1,2]", "orders-1 [3]");
    }

    @Test
    void ofSeveralPiecesOnlyTheOneInDoubtIsLookedFor() {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        for (int partition = 0; partition < 90_000; partition++) {
            targets.put(new TopicPartition("orders", partition), Optional.of(Replicas.of(1, 2, 3)));
        }
        ReassignmentRequest request = new ReassignmentRequest(targets, Optional.empty(), Optional.empty());
        Payload payload = new Payload();
        assertThat(payload.transactions(request, ZkSnapshot.EMPTY)).hasSize(2);
        for (boolean arrives : List.of(true, false)) {
            port.breaksAt(1, arrives);
            CompletableFuture<List<String>> ids = submitted(payload, request);
            port.reconnect();

            assertThat(ids.join()).hasSize(2).doesNotHaveDuplicates();
            assertThat(Stored.asked(payload, stored.everything(payload))).hasSize(90_000);
            stored.settleAll(payload);
        }
    }

    @Test
    void theConnectionMayBreakAgainAndAgain() {
        port.breaksAt(0, true);
        CompletableFuture<List<String>> ids = submitted(new Payload(), Stored.asking(0, 1, 2));
        port.breaksAt(0, true);
        port.reconnect();
        assertThat(ids).isNotDone();
        port.reconnect();

        assertThat(ids.join()).containsExactly("request_0000000000");
    }

    @Test
    void aReadIsRepeatedToo() {
        port.suspend();
        CompletableFuture<List<String>> ids = submitted(new Legacy(), Stored.asking(0, 1, 2));
        assertThat(ids).isNotDone();
        port.reconnect();

        assertThat(ids.join()).containsExactly("reassign_partitions");
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aSessionThatIsLostWhileItIsInDoubtIsAnErrorThatSaysSo(RequestChannel channel) {
        port.breaksAt(0, true);
        CompletableFuture<List<String>> ids = submitted(channel, Stored.asking(0, 1, 2));
        port.expire();

        assertThat(ids)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(UnansweredSubmissionException.class)
                .withMessageContaining(ID.toString());
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aRequestCarriesItsSubmissionWhereTheFormatIsOurs(RequestChannel channel) {
        submitted(channel, Stored.asking(0, 1, 2)).join();
        boolean carries = stored.read(channel.watches()).nodes().values().stream()
                .anyMatch(node -> node.text().contains("\"submission\":\"" + ID + "\""));

        assertThat(carries).isEqualTo(!(channel instanceof Legacy));
    }

    @Test
    void aSubmissionThatFailsLeavesNoMarker() {
        stored.write(ZkWrite.delete(RequestZnodes.ROOT, ZkWrite.ANY_VERSION));

        assertThat(submitted(new Payload(), Stored.asking(0, 1, 2))).isCompletedExceptionally();
        assertThat(stored.children("/admin")).isEqualTo(List.of(TargetZnode.ROOT));
    }
}
