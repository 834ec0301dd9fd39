package org.reassign.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.Limits;
import org.reassign.core.store.WriteMode;

/** Runs that once failed, as they were when nothing more could be left out of them. */
class FoundTest {
    private static final SortedMap<Integer, Replicas> ASSIGNED =
            new TreeMap<>(Map.of(0, Replicas.of(0, 2), 1, Replicas.of(3, 2)));

    private record Numbers(int controllers, int brokers, int bytesPerSecond, int lingerMillis, int watchMillis) {}

    @Test
    void aBrokerThatCameBackIsToldAlthoughARequestCameFirst() {
        SortedMap<Integer, Replicas> assigned =
                new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(1, 2), 2, Replicas.of(1, 0)));
        holds(new Trial(
                175,
                setup(
                        "kip-455, per-partition, originals, arrival-order, payload, batched",
                        new Numbers(1, 3, 5_000_000, 50, 0),
                        topics(assigned, 100_000)),
                List.of(
                        new Act(515, new Act.BrokerCrash(0, 1_139)),
                        new Act(586, new Act.LostConnection(0, 600)),
                        new Act(605, request("payload", Map.of("t0-0", Replicas.of(0), "t0-2", Replicas.of(0, 2)))))));
    }

    @Test
    void aRequestThatIsSeenWhileATurnReadsIsTakenByTheNext() {
        holds(new Trial(
                257,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-names, single",
                        new Numbers(2, 5, 5_000_000, 200, 20),
                        topics(ASSIGNED, 0)),
                List.of(
                        new Act(34, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new Act(2_890, new Act.ControllerStall(-1, 1, 1_000)),
                        new Act(5_179, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))))));
    }

    @Test
    void channelsThatShareTargetsLeaveNothingOfThemBehind() {
        holds(new Trial(
                76,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-scan+notify-names, pipelined",
                        new Numbers(2, 5, 5_000_000, 200, 300),
                        topics(ASSIGNED, 0)),
                List.of(
                        new Act(208, request("notify-names", Map.of("t0-0", Replicas.of(1, 2)))),
                        new Act(412, new Act.SessionExpiry(-1)),
                        new Act(499, request("notify-scan", Map.of("t0-1", Replicas.of(4, 0)))))));
    }

    @Test
    void aTargetThatOneChannelHasSettledIsNotFoundAgainByTheOther() {
        holds(new Trial(
                69,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-names+notify-scan, single",
                        new Numbers(2, 5, 5_000_000, 200, 20),
                        topics(ASSIGNED, 0)),
                List.of(
                        new Act(4, new Act.LostAnswer(-1, 3, 100)),
                        new Act(250, request("notify-scan", Map.of("t0-0", Replicas.of(3), "t0-1", Replicas.of(4)))))));
    }

    /** The record was written, and its topic was gone when AR was to be. */
    @Test
    void aTopicThatGoesBetweenRecordAndAssignedReplicasLeavesNoRecord() {
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        List.of(1, 1, 2)
                .forEach(broker -> topics.put(
                        "t" + topics.size(),
                        new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(broker))), 100_000, 1)));
        holds(new Trial(
                46_462,
                setup(
                        "separate, batched, returning, arrival-order, payload+legacy, pipelined, each request in turn",
                        new Numbers(2, 6, 5_000_000, 50, 300),
                        topics),
                List.of(
                        new Act(104, request("payload", Map.of("t1-0", Replicas.of(1, 4, 2), "t2-0", Replicas.of(0)))),
                        new Act(177, new Act.StaleReads(-1, 200)),
                        new Act(216, new Act.TopicDeletion("t1")))));
    }

    @Test
    void anEntryWhoseTopicWentWhenItWasToBeWrittenIsAnsweredAllTheSame() {
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        List.of(1, 0)
                .forEach(broker -> topics.put(
                        "t" + topics.size(),
                        new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(broker))), 5_000_000, 1)));
        holds(new Trial(
                74_126,
                setup(
                        "separate-flat, recursive, returning, arrival-order, payload+notify-names, single",
                        new Numbers(1, 4, 5_000_000, 0, 20),
                        topics),
                List.of(
                        new Act(
                                488,
                                request("notify-names", Map.of("t0-0", Replicas.of(0), "t1-0", Replicas.of(3, 2, 0)))),
                        new Act(492, new Act.LostConnection(-1, 250)),
                        new Act(640, new Act.StaleReads(-1, 1_500)),
                        new Act(647, new Act.TopicDeletion("t1")))));
    }

    @Test
    void aLegacyEntryThatIsRefusedWhenTheOneBeforeItEndsIsRemoved() {
        holds(new Trial(
                114_156,
                setup(
                        "consolidated, per-partition, hostile-in-sync, hostile-halves, payload+legacy, single",
                        new Numbers(1, 3, 50_000_000, 0, 300),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0, 2))), 0)),
                List.of(
                        new Act(137, request("legacy", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new Act(361, request("legacy", Map.of("t0-0", Replicas.of(2, 0)))),
                        new Act(398, new Act.ControllerCrash(0, 0, true, 429)))));
    }

    @Test
    void aLegacyEntryThatIsAskedForAgainAfterAnotherIsTakenAgain() {
        holds(new Trial(
                1_466,
                setup(
                        "separate-flat, per-partition, hostile-throws, arrival-order, payload+legacy, single",
                        new Numbers(2, 3, 5_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0), 1, Replicas.of(2))), 5_000_000)),
                List.of(
                        new Act(194, request("legacy", Map.of("t0-1", Replicas.of(2, 1, 0)))),
                        new Act(410, request("legacy", Map.of("t0-1", Replicas.of(1)))),
                        new Act(571, request("legacy", Map.of("t0-1", Replicas.of(2, 1, 0)))))));
    }

    @Test
    void aTargetIsNotReadWithoutTheNotificationThatCameWithIt() {
        holds(new Trial(
                135_481,
                setup(
                        "kip-455, batched, returning, newest-wins, payload+notify-names+notify-scan, single",
                        new Numbers(3, 6, 1_000_000, 200, 0),
                        new TreeMap<>(Map.of(
                                "t0", topic(Map.of(0, Replicas.of(2, 0))),
                                "t1", topic(Map.of(0, Replicas.of(2, 5), 1, Replicas.of(2, 3)))))),
                List.of(
                        new Act(54, new Act.ControllerStall(-1, 5, 1_000)),
                        new Act(
                                73,
                                request(
                                        "notify-names",
                                        Map.of(
                                                "t0-0", Replicas.of(1, 0),
                                                "t1-0", Replicas.of(77),
                                                "t1-1", Replicas.of(2, 3, 1)))),
                        new Act(
                                180,
                                request("notify-scan", Map.of("t0-77", Replicas.of(0, 1), "t1-0", Replicas.of(1, 0)))),
                        new Act(283, request("notify-scan", Map.of("t1-1", Replicas.of(3)))))));
    }

    @Test
    void aPartitionOfATopicThatIsFoundGoneWhenAnotherOfItIsWrittenIsForgotten() {
        holds(new Trial(
                191_298,
                setup(
                        "consolidated, recursive, returning, refuse-cross-mechanism, payload+notify-names, batched",
                        new Numbers(2, 4, 1_000_000, 200, 300),
                        new TreeMap<>(Map.of(
                                "t0",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(2), 1, Replicas.of(3), 2, Replicas.of(2))),
                                        0,
                                        1),
                                "t1",
                                topic(Map.of(0, Replicas.of(2, 1), 1, Replicas.of(0, 2)))))),
                List.of(
                        new Act(
                                116,
                                request(
                                        "payload",
                                        Map.of(
                                                "t0-0", Replicas.of(2, 3),
                                                "t0-1", Replicas.of(3, 2, 0),
                                                "t0-2", Replicas.of(2, 0, 3)))),
                        new Act(402, request("payload", Map.of("t1-0", Replicas.of(0), "t1-1", Replicas.of(1)))),
                        new Act(
                                664,
                                request(
                                        "payload",
                                        Map.of(
                                                "t0-0", Replicas.of(3, 0),
                                                "t0-1", Replicas.of(1),
                                                "t1-1", Replicas.of(1, 2)))),
                        new Act(735, new Act.ControllerStall(-1, 7, 3_000)),
                        new Act(820, new Act.TopicDeletion("t1")))));
    }

    @Test
    void whoSharesTargetsReadsAgainWhenTheirDeletionFailed() {
        holds(new Trial(
                21_685,
                setup(
                        "kip-455, batched, keep-all, arrival-order, payload+notify-names+notify-scan, single",
                        new Limits(1, 1),
                        new Numbers(3, 5, 5_000_000, 50, 0),
                        new TreeMap<>(Map.of(
                                "t1",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(3), 1, Replicas.of(1), 2, Replicas.of(2))),
                                        1_000_000,
                                        1)))),
                List.of(
                        new Act(
                                142,
                                request("notify-names", Map.of("t1-0", Replicas.of(3, 2), "t1-1", Replicas.of(1, 3)))),
                        new Act(318, request("notify-scan", Map.of("t1-2", Replicas.of(4)))))));
    }

    @Test
    void theParentOfTargetsThatChannelsShareGoesWithTheLastOfThem() {
        holds(new Trial(
                35_270,
                setup(
                        "consolidated, recursive, keep-all, arrival-order, payload+notify-names+notify-scan, pipelined",
                        new Numbers(3, 4, 5_000_000, 50, 20),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(3), 1, Replicas.of(0))), 100_000)),
                List.of(
                        new Act(150, new Act.ControllerStall(-1, 3, 1_000)),
                        new Act(346, request("notify-scan", Map.of("t0-0", Replicas.of(77)))),
                        new Act(382, request("notify-names", Map.of("t0-1", Replicas.of(77)))))));
    }

    private static void holds(Trial trial) {
        Outcome outcome = Playing.of(trial, Shipped.plugins(), true);
        assertThat(outcome.failure())
                .as(() -> trial + "\n" + String.join("\n", outcome.lines()))
                .isEmpty();
    }

    /** As a run prints it: plugins and modes by name. */
    private static Setup setup(String names, Numbers numbers, SortedMap<String, Setup.Topic> topics) {
        return setup(names, Limits.NONE, numbers, topics);
    }

    private static Setup setup(String names, Limits limits, Numbers numbers, SortedMap<String, Setup.Topic> topics) {
        String[] name = names.split(", ");
        return new Setup(
                name[0],
                name[1],
                name[2],
                name[3],
                List.of(name[4].split("\\+")),
                WriteMode.valueOf(name[5].toUpperCase(Locale.ROOT)),
                name.length == 6,
                limits,
                numbers.controllers,
                numbers.brokers,
                numbers.bytesPerSecond,
                numbers.lingerMillis,
                numbers.watchMillis,
                topics);
    }

    private static SortedMap<String, Setup.Topic> topics(SortedMap<Integer, Replicas> assigned, int bytes) {
        return new TreeMap<>(Map.of("t0", new Setup.Topic(assigned, bytes, 1)));
    }

    private static Setup.Topic topic(Map<Integer, Replicas> assigned) {
        return new Setup.Topic(new TreeMap<>(assigned), 100_000, 2);
    }

    private static Act.Request request(String channel, Map<String, Replicas> wanted) {
        SortedMap<TopicPartition, Optional<Replicas>> targets = new TreeMap<>();
        wanted.forEach(
                (name, replicas) -> targets.put(TopicPartition.parse(name).orElseThrow(), Optional.of(replicas)));
        return new Act.Request(channel, targets);
    }
}
