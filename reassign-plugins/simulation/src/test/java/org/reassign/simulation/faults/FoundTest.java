package org.reassign.simulation.faults;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.simulation.TopicRewrite;

/** Runs that once failed, as they were when nothing more could be left out of them. */
class FoundTest extends Found {
    @Test
    void aBrokerThatCameBackIsToldAlthoughARequestCameFirst() {
        SortedMap<Integer, Replicas> assigned =
                new TreeMap<>(Map.of(0, Replicas.of(0, 1), 1, Replicas.of(1, 2), 2, Replicas.of(1, 0)));
        holds(new DrawnRun(
                175,
                setup(
                        "kip-455, per-partition, originals, arrival-order, payload, batched",
                        new Numbers(1, 3, 5_000_000, 50, 0),
                        topics(assigned, 100_000)),
                List.of(
                        new ScheduledEvent(515, new ScheduledEvent.BrokerCrash(0, 1_139)),
                        new ScheduledEvent(586, new ScheduledEvent.LostConnection(0, 600)),
                        new ScheduledEvent(
                                605, request("payload", Map.of("t0-0", Replicas.of(0), "t0-2", Replicas.of(0, 2)))))));
    }

    @Test
    void aRequestThatIsSeenWhileATurnReadsIsTakenByTheNext() {
        holds(new DrawnRun(
                257,
                setup(
                        "separate, recursive, originals, newest-wins, payload+notify-names, single",
                        new Numbers(2, 5, 5_000_000, 200, 20),
                        topics(ASSIGNED, 0)),
                List.of(
                        new ScheduledEvent(34, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))),
                        new ScheduledEvent(2_890, new ScheduledEvent.ControllerStall(-1, 1, 1_000)),
                        new ScheduledEvent(5_179, request("notify-names", Map.of("t0-0", Replicas.of(0, 2, 1)))))));
    }

    @Test
    void aTopicThatGoesBetweenRecordAndAssignedReplicasLeavesNoRecord() {
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        List.of(1, 1, 2)
                .forEach(broker -> topics.put(
                        "t" + topics.size(),
                        new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(broker))), 100_000, 1)));
        holds(new DrawnRun(
                46_462,
                setup(
                        "separate, batched, returning, arrival-order, payload+legacy, pipelined, each request in turn",
                        new Numbers(2, 6, 5_000_000, 50, 300),
                        topics),
                List.of(
                        new ScheduledEvent(
                                104, request("payload", Map.of("t1-0", Replicas.of(1, 4, 2), "t2-0", Replicas.of(0)))),
                        new ScheduledEvent(177, new ScheduledEvent.StaleReads(-1, 200)),
                        new ScheduledEvent(216, new ScheduledEvent.TopicDeletion("t1")))));
    }

    @Test
    void anEntryWhoseTopicWentWhenItWasToBeWrittenIsAnsweredAllTheSame() {
        SortedMap<String, Setup.Topic> topics = new TreeMap<>();
        List.of(1, 0)
                .forEach(broker -> topics.put(
                        "t" + topics.size(),
                        new Setup.Topic(new TreeMap<>(Map.of(0, Replicas.of(broker))), 5_000_000, 1)));
        holds(new DrawnRun(
                74_126,
                setup(
                        "separate-flat, recursive, returning, arrival-order, payload+notify-names, single",
                        new Numbers(1, 4, 5_000_000, 0, 20),
                        topics),
                List.of(
                        new ScheduledEvent(
                                488,
                                request("notify-names", Map.of("t0-0", Replicas.of(0), "t1-0", Replicas.of(3, 2, 0)))),
                        new ScheduledEvent(492, new ScheduledEvent.LostConnection(-1, 250)),
                        new ScheduledEvent(640, new ScheduledEvent.StaleReads(-1, 1_500)),
                        new ScheduledEvent(647, new ScheduledEvent.TopicDeletion("t1")))));
    }

    @Test
    void aPartitionOfATopicThatIsFoundGoneWhenAnotherOfItIsWrittenIsForgotten() {
        holds(new DrawnRun(
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
                        new ScheduledEvent(
                                116,
                                request(
                                        "payload",
                                        Map.of(
                                                "t0-0", Replicas.of(2, 3),
                                                "t0-1", Replicas.of(3, 2, 0),
                                                "t0-2", Replicas.of(2, 0, 3)))),
                        new ScheduledEvent(
                                402, request("payload", Map.of("t1-0", Replicas.of(0), "t1-1", Replicas.of(1)))),
                        new ScheduledEvent(
                                664,
                                request(
                                        "payload",
                                        Map.of(
                                                "t0-0", Replicas.of(3, 0),
                                                "t0-1", Replicas.of(1),
                                                "t1-1", Replicas.of(1, 2)))),
                        new ScheduledEvent(735, new ScheduledEvent.ControllerStall(-1, 7, 3_000)),
                        new ScheduledEvent(820, new ScheduledEvent.TopicDeletion("t1")))));
    }

    @Test
    void aBrokerThatRegistersWhenAllIsDoneButTheLastWriteIsTold() {
        holds(new DrawnRun(
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
                        new ScheduledEvent(152, request("notify-names", Map.of("t0-1", Replicas.of(0, 1, 2)))),
                        new ScheduledEvent(
                                293,
                                request(
                                        "legacy",
                                        Map.of(
                                                "t0-0", Replicas.of(0),
                                                "t0-1", Replicas.of(3, 2, 0),
                                                "t0-2", Replicas.of(1),
                                                "unknown-0", Replicas.of(0, 1)))),
                        new ScheduledEvent(553, new ScheduledEvent.BrokerCrash(0, 2_311)),
                        new ScheduledEvent(558, new ScheduledEvent.BrokerCrash(1, 2_908)))));
    }

    @Test
    void theParentOfRecordsStaysWhereOneComesAsAnotherGoes() {
        holds(new DrawnRun(
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
                        new ScheduledEvent(146, request("payload", Map.of("t0-0", Replicas.of(4)))),
                        new ScheduledEvent(295, request("legacy", Map.of("t0-0", Replicas.of(5, 4)))),
                        new ScheduledEvent(370, new ScheduledEvent.LostConnection(-1, 250)),
                        new ScheduledEvent(509, request("legacy", Map.of("t0-1", Replicas.of(2)))))));
    }

    /** AR is written, G2 is not, and the record is erased: AR holds the new replica already, which was never told. */
    @Test
    void aRequestWhoseRecordWasErasedBeforeG2IsTakenFromTheStart() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(5, 2, 4)));
        for (int effects = 5; effects < 9; effects++) {
            holds(new DrawnRun(
                    51,
                    setup(
                            "consolidated, per-partition, keep-all, arrival-order, payload+notify-names, single",
                            new Numbers(2, 6, 5_000_000, 200, 300),
                            topics(assigned, 0)),
                    List.of(
                            new ScheduledEvent(1_999, new ScheduledEvent.ControllerCrash(-1, effects, true, 131)),
                            new ScheduledEvent(2_000, request("payload", Map.of("t0-0", Replicas.of(3)))),
                            new ScheduledEvent(
                                    2_250, new ScheduledEvent.RewrittenTopic("t0", TopicRewrite.FIELDS_LOST, 50)))));
        }
    }
}
