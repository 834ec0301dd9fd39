package org.reassign.simulation.faults;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;

/** Runs that once failed, as they were when nothing more could be left out of them. */
class FoundTest extends Found {
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
    void aBrokerThatRegistersWhenAllIsDoneButTheLastWriteIsTold() {
        holds(new Trial(
                35_485,
                setup(
                        "consolidated, per-partition, prefer-in-sync, arrival-order, payload+legacy+notify-names, batched",
                        new Numbers(2, 4, 1_000_000, 0, 300),
                        new TreeMap<>(Map.of(
                                "t0",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(1), 1, Replicas.of(3), 2, Replicas.of(2))),
                                        100_000,
                                        1),
                                "t1",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(
                                                0, Replicas.of(1, 3, 0),
                                                1, Replicas.of(0, 3, 1),
                                                2, Replicas.of(0, 3, 1))),
                                        1_000_000,
                                        1)))),
                List.of(
                        new Act(152, request("notify-names", Map.of("t0-1", Replicas.of(0, 1, 2)))),
                        new Act(
                                293,
                                request(
                                        "legacy",
                                        Map.of(
                                                "t0-0", Replicas.of(0),
                                                "t0-1", Replicas.of(3, 2, 0),
                                                "t0-2", Replicas.of(1),
                                                "unknown-0", Replicas.of(0, 1)))),
                        new Act(553, new Act.BrokerCrash(0, 2_311)),
                        new Act(558, new Act.BrokerCrash(1, 2_908)))));
    }

    @Test
    void theParentOfRecordsStaysWhereOneComesAsAnotherGoes() {
        holds(new Trial(
                60_879,
                setup(
                        "separate, batched, prefer-in-sync, newest-wins, payload+legacy, pipelined",
                        new Numbers(1, 6, 5_000_000, 50, 300),
                        new TreeMap<>(Map.of(
                                "t0",
                                new Setup.Topic(
                                        new TreeMap<>(Map.of(0, Replicas.of(5, 4, 2), 1, Replicas.of(5, 1, 2))),
                                        1_000_000,
                                        3)))),
                List.of(
                        new Act(146, request("payload", Map.of("t0-0", Replicas.of(4)))),
                        new Act(295, request("legacy", Map.of("t0-0", Replicas.of(5, 4)))),
                        new Act(370, new Act.LostConnection(-1, 250)),
                        new Act(509, request("legacy", Map.of("t0-1", Replicas.of(2)))))));
    }
}
