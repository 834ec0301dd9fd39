package org.reassign.simulation.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.InFlightLimits;

/** Such runs in which the channels were at fault: targets that they share, and the legacy znode's one id. */
class FoundInChannelsTest extends Found {
    @Test
    void channelsThatShareTargetsLeaveNothingOfThemBehind() {
        holds(new DrawnRun(
                76,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-scan+notify-names, pipelined",
                        new Numbers(2, 5, 5_000_000, 200, 300),
                        topics(ASSIGNED, 0)),
                List.of(
                        new ScheduledEvent(208, request("notify-names", Map.of("t0-0", Replicas.of(1, 2)))),
                        new ScheduledEvent(412, new ScheduledEvent.SessionExpiry(-1)),
                        new ScheduledEvent(499, request("notify-scan", Map.of("t0-1", Replicas.of(4, 0)))))));
    }

    @Test
    void aTargetThatOneChannelHasSettledIsNotFoundAgainByTheOther() {
        holds(new DrawnRun(
                69,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-names+notify-scan, single",
                        new Numbers(2, 5, 5_000_000, 200, 20),
                        topics(ASSIGNED, 0)),
                List.of(
                        new ScheduledEvent(4, new ScheduledEvent.LostAnswer(-1, 3, 100)),
                        new ScheduledEvent(
                                250, request("notify-scan", Map.of("t0-0", Replicas.of(3), "t0-1", Replicas.of(4)))))));
    }

    @Test
    void aLegacyEntryThatIsRefusedWhenTheOneBeforeItEndsIsRemoved() {
        holds(new DrawnRun(
                114_156,
                setup(
                        "consolidated, per-partition, hostile-in-sync, hostile-halves, payload+legacy, single",
                        new Numbers(1, 3, 50_000_000, 0, 300),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0, 2))), 0)),
                List.of(
                        new ScheduledEvent(137, request("legacy", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new ScheduledEvent(361, request("legacy", Map.of("t0-0", Replicas.of(2, 0)))),
                        new ScheduledEvent(398, new ScheduledEvent.ControllerCrash(0, 0, true, 429)))));
    }

    @Test
    void aLegacyEntryThatIsAskedForAgainAfterAnotherIsTakenAgain() {
        holds(new DrawnRun(
                1_466,
                setup(
                        "separate-flat, per-partition, hostile-throws, arrival-order, payload+legacy, single",
                        new Numbers(2, 3, 5_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0), 1, Replicas.of(2))), 5_000_000)),
                List.of(
                        new ScheduledEvent(194, request("legacy", Map.of("t0-1", Replicas.of(2, 1, 0)))),
                        new ScheduledEvent(410, request("legacy", Map.of("t0-1", Replicas.of(1)))),
                        new ScheduledEvent(571, request("legacy", Map.of("t0-1", Replicas.of(2, 1, 0)))))));
    }

    @Test
    void aTargetIsNotReadWithoutTheNotificationThatCameWithIt() {
        holds(new DrawnRun(
                135_481,
                setup(
                        "kip-455, batched, returning, newest-wins, payload+notify-names+notify-scan, single",
                        new Numbers(3, 6, 1_000_000, 200, 0),
                        new TreeMap<>(Map.of(
                                "t0", topic(Map.of(0, Replicas.of(2, 0))),
                                "t1", topic(Map.of(0, Replicas.of(2, 5), 1, Replicas.of(2, 3)))))),
                List.of(
                        new ScheduledEvent(54, new ScheduledEvent.ControllerStall(-1, 5, 1_000)),
                        new ScheduledEvent(
                                73,
                                request(
                                        "notify-names",
                                        Map.of(
                                                "t0-0", Replicas.of(1, 0),
                                                "t1-0", Replicas.of(77),
                                                "t1-1", Replicas.of(2, 3, 1)))),
                        new ScheduledEvent(
                                180,
                                request("notify-scan", Map.of("t0-77", Replicas.of(0, 1), "t1-0", Replicas.of(1, 0)))),
                        new ScheduledEvent(283, request("notify-scan", Map.of("t1-1", Replicas.of(3)))))));
    }

    @Test
    void whoSharesTargetsReadsAgainWhenTheirDeletionFailed() {
        holds(new DrawnRun(
                21_685,
                setup(
                        "kip-455, batched, keep-all, arrival-order, payload+notify-names+notify-scan, single",
                        new InFlightLimits(1, 1),
                        new Numbers(3, 5, 5_000_000, 50, 0),
                        new TreeMap<>(Map.of(
                                "t1",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(3), 1, Replicas.of(1), 2, Replicas.of(2))),
                                        1_000_000,
                                        1)))),
                List.of(
                        new ScheduledEvent(
                                142,
                                request("notify-names", Map.of("t1-0", Replicas.of(3, 2), "t1-1", Replicas.of(1, 3)))),
                        new ScheduledEvent(318, request("notify-scan", Map.of("t1-2", Replicas.of(4)))))));
    }

    @Test
    void theParentOfTargetsThatChannelsShareGoesWithTheLastOfThem() {
        holds(new DrawnRun(
                35_270,
                setup(
                        "consolidated, recursive, keep-all, arrival-order, payload+notify-names+notify-scan, pipelined",
                        new Numbers(3, 4, 5_000_000, 50, 20),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(3), 1, Replicas.of(0))), 100_000)),
                List.of(
                        new ScheduledEvent(150, new ScheduledEvent.ControllerStall(-1, 3, 1_000)),
                        new ScheduledEvent(346, request("notify-scan", Map.of("t0-0", Replicas.of(77)))),
                        new ScheduledEvent(382, request("notify-names", Map.of("t0-1", Replicas.of(77)))))));
    }

    @Test
    void aLegacyZnodeThatIsMadeAnewInTheTurnThatDeletesTheOneBeforeStays() {
        holds(new DrawnRun(
                85_545,
                setup(
                        "kip-455, per-partition, keep-all, newest-wins, payload+legacy, pipelined",
                        new Numbers(2, 6, 1_000_000, 50, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0))), 1_000_000)),
                List.of(
                        new ScheduledEvent(223, request("legacy", Map.of("t0-0", Replicas.of(0, 1)))),
                        new ScheduledEvent(345, request("payload", Map.of("t0-0", Replicas.of(2, 1)))),
                        new ScheduledEvent(345, new ScheduledEvent.ControllerStall(-1, 10, 1_000)),
                        new ScheduledEvent(632, request("legacy", Map.of("t0-0", Replicas.of(0, 3)))))));
    }

    @Test
    void aTargetThatIsOverwrittenAfterItsRequestWasAnsweredIsNotRefusedToo() {
        holds(new DrawnRun(
                112_450,
                setup(
                        "separate, per-partition, prefer-in-sync, arrival-order, payload+notify-names+legacy, batched",
                        new Numbers(2, 6, 50_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1, 2, 0))), 0)),
                List.of(
                        new ScheduledEvent(248, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new ScheduledEvent(248, new ScheduledEvent.ControllerStall(-1, 7, 1_000)),
                        new ScheduledEvent(973, request("notify-names", Map.of("t0-0", Replicas.of(77)))))));
    }

    @Test
    void aLegacyEntryThatIsAskedForAgainRightAfterItWasOverriddenIsTakenAgain() {
        holds(new DrawnRun(
                162_825,
                setup(
                        "separate-flat, recursive, keep-all, arrival-order, payload+legacy+notify-names, single",
                        new Numbers(1, 3, 50_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1))), 1_000_000)),
                List.of(
                        new ScheduledEvent(96, request("notify-names", Map.of("t0-0", Replicas.of(1, 0)))),
                        new ScheduledEvent(282, new ScheduledEvent.Network(2_725, 400, 0, 30)),
                        new ScheduledEvent(326, request("legacy", Map.of("t0-0", Replicas.of(1)))),
                        new ScheduledEvent(589, request("payload", Map.of("t0-0", Replicas.of(0, 2)))),
                        new ScheduledEvent(589, new ScheduledEvent.ControllerStall(-1, 13, 1_000)),
                        new ScheduledEvent(1_057, request("legacy", Map.of("t0-0", Replicas.of(1)))))));
    }

    @Test
    void aLegacyEntryThatWasRefusedStaysSoWhenAnotherIsTakenOutOfTheZnode() {
        holds(new DrawnRun(
                142_971,
                setup(
                        "separate, per-partition, returning, newest-wins, payload+legacy, batched",
                        new Numbers(2, 5, 50_000_000, 50, 20),
                        new TreeMap<>(Map.of(
                                "t0",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(2), 1, Replicas.of(3), 2, Replicas.of(3))),
                                        5_000_000,
                                        1),
                                "t1",
                                new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(0, 3))), 1_000_000, 2)))),
                List.of(
                        new ScheduledEvent(0, new ScheduledEvent.BrokerCrash(1, 1_172)),
                        new ScheduledEvent(201, new ScheduledEvent.ControllerStall(-1, 3, 3_000)),
                        new ScheduledEvent(
                                372,
                                request("legacy", Map.of("t0-0", Replicas.of(1, 2, 0), "t0-2", Replicas.of(3, 1)))),
                        new ScheduledEvent(
                                622, request("legacy", Map.of("t0-2", Replicas.of(4, 1, 3), "t1-0", Replicas.of(0)))),
                        new ScheduledEvent(741, request("payload", Map.of("t0-0", Replicas.of(2)))),
                        new ScheduledEvent(782, request("payload", Map.of("t0-2", Replicas.of(3, 2)))))));
    }

    @Test
    void aTargetThatWasOverwrittenAndHasRunIsNotRefusedAsNeverRead() {
        holds(new DrawnRun(
                27_800,
                setup(
                        "consolidated, recursive, prefer-in-sync, refuse-cross-mechanism,"
                                + " payload+notify-scan+notify-names, single",
                        new Numbers(3, 5, 50_000_000, 0, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1, 3, 4))), 5_000_000)),
                List.of(
                        new ScheduledEvent(301, request("notify-names", Map.of("t0-0", Replicas.of(1, 3, 4, 2)))),
                        new ScheduledEvent(301, new ScheduledEvent.ControllerStall(-1, 14, 1_000)),
                        new ScheduledEvent(480, request("notify-scan", Map.of("t0-0", Replicas.of(4, 3, 2)))),
                        new ScheduledEvent(552, new ScheduledEvent.ControllerCrash(-1, 40, true, 633)),
                        new ScheduledEvent(651, request("payload", Map.of("t0-0", Replicas.of(1, 3)))),
                        new ScheduledEvent(712, request("notify-scan", Map.of("t0-0", Replicas.of(0)))),
                        new ScheduledEvent(2_744, new ScheduledEvent.ControllerCrash(-1, 97, true, 501)))));
    }

    @Test
    void aTargetReadBeforeItWasOverwrittenDoesNotFollowAnEntryThatIsAnswered() {
        SortedMap<TopicPartition, Optional<Replicas>> cancel = new TreeMap<>(Map.of(
                new TopicPartition("-", 0), Optional.empty(),
                new TopicPartition("-", 77), Optional.of(Replicas.of(0, 1))));
        holds(new DrawnRun(
                46_109,
                setup(
                        "separate, batched, prefer-in-sync, arrival-order, payload+notify-scan+notify-names, batched",
                        new Numbers(2, 4, 50_000_000, 0, 300),
                        new TreeMap<>(Map.of(
                                "-", new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(2, 1))), 5_000_000, 2)))),
                List.of(
                        new ScheduledEvent(296, request("notify-scan", Map.of("--0", Replicas.of(1, 2)))),
                        new ScheduledEvent(2_015, new ScheduledEvent.LostSubmission(1, false, 600)),
                        new ScheduledEvent(2_015, new ScheduledEvent.Request("payload", cancel)),
                        new ScheduledEvent(2_270, request("notify-scan", Map.of("--0", Replicas.of(2)))),
                        new ScheduledEvent(2_274, request("notify-names", Map.of("--0", Replicas.of(3, 0)))),
                        new ScheduledEvent(2_347, request("notify-scan", Map.of("--0", Replicas.of(2, 1)))),
                        new ScheduledEvent(2_784, new ScheduledEvent.ControllerCrash(-1, 43, false, 461)))));
    }
}
