package org.reassign.simulation.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.core.decide.Limits;

/** Such runs in which the channels were at fault: targets that they share, and the legacy znode's one id. */
class FoundInChannelsTest extends Found {
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

    @Test
    void aLegacyZnodeThatIsMadeAnewInTheTurnThatDeletesTheOneBeforeStays() {
        holds(new Trial(
                85_545,
                setup(
                        "kip-455, per-partition, keep-all, newest-wins, payload+legacy, pipelined",
                        new Numbers(2, 6, 1_000_000, 50, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(0))), 1_000_000)),
                List.of(
                        new Act(223, request("legacy", Map.of("t0-0", Replicas.of(0, 1)))),
                        new Act(345, request("payload", Map.of("t0-0", Replicas.of(2, 1)))),
                        new Act(345, new Act.ControllerStall(-1, 10, 1_000)),
                        new Act(632, request("legacy", Map.of("t0-0", Replicas.of(0, 3)))))));
    }

    @Test
    void aTargetThatIsOverwrittenAfterItsRequestWasAnsweredIsNotRefusedToo() {
        holds(new Trial(
                112_450,
                setup(
                        "separate, per-partition, prefer-in-sync, arrival-order, payload+notify-names+legacy, batched",
                        new Numbers(2, 6, 50_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1, 2, 0))), 0)),
                List.of(
                        new Act(248, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new Act(248, new Act.ControllerStall(-1, 7, 1_000)),
                        new Act(973, request("notify-names", Map.of("t0-0", Replicas.of(77)))))));
    }

    @Test
    void aLegacyEntryThatIsAskedForAgainRightAfterItWasOverriddenIsTakenAgain() {
        holds(new Trial(
                162_825,
                setup(
                        "separate-flat, recursive, keep-all, arrival-order, payload+legacy+notify-names, single",
                        new Numbers(1, 3, 50_000_000, 200, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1))), 1_000_000)),
                List.of(
                        new Act(96, request("notify-names", Map.of("t0-0", Replicas.of(1, 0)))),
                        new Act(282, new Act.Network(2_725, 400, 0, 30)),
                        new Act(326, request("legacy", Map.of("t0-0", Replicas.of(1)))),
                        new Act(589, request("payload", Map.of("t0-0", Replicas.of(0, 2)))),
                        new Act(589, new Act.ControllerStall(-1, 13, 1_000)),
                        new Act(1_057, request("legacy", Map.of("t0-0", Replicas.of(1)))))));
    }

    @Test
    void aLegacyEntryThatWasRefusedStaysSoWhenAnotherIsTakenOutOfTheZnode() {
        holds(new Trial(
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
                        new Act(0, new Act.BrokerCrash(1, 1_172)),
                        new Act(201, new Act.ControllerStall(-1, 3, 3_000)),
                        new Act(
                                372,
                                request("legacy", Map.of("t0-0", Replicas.of(1, 2, 0), "t0-2", Replicas.of(3, 1)))),
                        new Act(622, request("legacy", Map.of("t0-2", Replicas.of(4, 1, 3), "t1-0", Replicas.of(0)))),
                        new Act(741, request("payload", Map.of("t0-0", Replicas.of(2)))),
                        new Act(782, request("payload", Map.of("t0-2", Replicas.of(3, 2)))))));
    }

    @Test
    void aTargetThatWasOverwrittenAndHasRunIsNotRefusedAsNeverRead() {
        holds(new Trial(
                27_800,
                setup(
                        "consolidated, recursive, prefer-in-sync, refuse-cross-mechanism,"
                                + " payload+notify-scan+notify-names, single",
                        new Numbers(3, 5, 50_000_000, 0, 0),
                        topics(new TreeMap<>(Map.of(0, Replicas.of(1, 3, 4))), 5_000_000)),
                List.of(
                        new Act(301, request("notify-names", Map.of("t0-0", Replicas.of(1, 3, 4, 2)))),
                        new Act(301, new Act.ControllerStall(-1, 14, 1_000)),
                        new Act(480, request("notify-scan", Map.of("t0-0", Replicas.of(4, 3, 2)))),
                        new Act(552, new Act.ControllerCrash(-1, 40, true, 633)),
                        new Act(651, request("payload", Map.of("t0-0", Replicas.of(1, 3)))),
                        new Act(712, request("notify-scan", Map.of("t0-0", Replicas.of(0)))),
                        new Act(2_744, new Act.ControllerCrash(-1, 97, true, 501)))));
    }
}
