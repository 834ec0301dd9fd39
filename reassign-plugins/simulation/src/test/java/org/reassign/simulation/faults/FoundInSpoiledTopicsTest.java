package org.reassign.simulation.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.Limits;

/** As {@link FoundTest}, with topics that could not be read for a while. */
class FoundInSpoiledTopicsTest extends Found {
    @Test
    void whatBefellItsBrokersIsMadeUpForWhenItCanBeRead() {
        SortedMap<Integer, Replicas> assigned =
                new TreeMap<>(Map.of(0, Replicas.of(2, 0), 1, Replicas.of(1, 0), 2, Replicas.of(2, 0)));
        holds(new Trial(
                646,
                setup(
                        "separate-flat, batched, keep-all, refuse-cross-mechanism, payload, batched",
                        new Numbers(1, 3, 50_000_000, 50, 0),
                        topics(assigned, 5_000_000)),
                List.of(
                        new Act(359, new Act.BrokerCrash(2, 731)),
                        new Act(388, new Act.BrokerCrash(0, 898)),
                        new Act(419, new Act.ControllerCrash(-1, 14, false, 301)),
                        new Act(517, new Act.SpoiledTopic("t0", 3_000)),
                        new Act(2_408, new Act.BrokerSessionExpiry(2)))));
    }

    @Test
    void whoLedWhileItCouldNotBeReadDoesNotSayThatAllWereTold() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(0)));
        holds(new Trial(
                17_450,
                setup(
                        "separate-flat, recursive, returning, arrival-order, payload+notify-scan+legacy, pipelined",
                        new Numbers(1, 3, 50_000_000, 200, 20),
                        topics(assigned, 1_000_000)),
                List.of(
                        new Act(0, new Act.BrokerCrash(0, 578)),
                        new Act(209, new Act.ControllerStall(-1, 20, 1_000)),
                        new Act(305, new Act.Deposition()),
                        new Act(1_038, new Act.SpoiledTopic("t0", 3_000)),
                        new Act(2_375, new Act.Deposition()))));
    }

    @Test
    void aTargetThatWasOverwrittenIsNotRefusedWhileNobodyKnowsWhetherItRuns() {
        Act.Request first = request("notify-names", Map.of("t0-1", Replicas.of(0), "t0-2", Replicas.of(2, 0, 1)));
        first.targets().put(new TopicPartition("t1", 1), Optional.empty());
        holds(new Trial(
                116_795,
                setup(
                        "separate-flat, per-partition, keep-all, arrival-order, payload+notify-names, single,"
                                + " each request in turn",
                        new Limits(2, 2),
                        new Numbers(3, 3, 1_000_000, 200, 0),
                        new TreeMap<>(Map.of(
                                "t0", onePerPartition(1, 1, 0),
                                "t1", onePerPartition(2, 1, 2)))),
                List.of(
                        new Act(211, first),
                        new Act(211, new Act.ControllerStall(-1, 18, 1_000)),
                        new Act(720, new Act.SpoiledTopic("t0", 1_000)),
                        new Act(729, request("notify-names", Map.of("t0-1", Replicas.of(0)))),
                        new Act(742, new Act.ControllerCrash(-1, 10, true, 274)),
                        new Act(2_460, request("notify-names", Map.of("t1-2", Replicas.of(1, 2)))))));
    }

    /** One partition is written, and the next is not. */
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11})
    void whatWasWrittenOfItBeforeStands(int effects) {
        holds(new Trial(
                0,
                setup(
                        "consolidated, per-partition, keep-all, arrival-order, payload, single",
                        new Numbers(1, 3, 1_000_000, 0, 0),
                        new TreeMap<>(Map.of("t0", onePerPartition(0, 1, 0)))),
                List.of(
                        new Act(
                                100,
                                request(
                                        "payload",
                                        Map.of(
                                                "t0-0",
                                                Replicas.of(1),
                                                "t0-1",
                                                Replicas.of(2),
                                                "t0-2",
                                                Replicas.of(2)))),
                        new Act(100, new Act.ControllerStall(-1, effects, 200)),
                        new Act(200, new Act.SpoiledTopic("t0", 1_000)),
                        new Act(2_000, new Act.Deposition()))));
    }

    private static Setup.Topic onePerPartition(int... brokers) {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>();
        for (int broker : brokers) {
            assigned.put(assigned.size(), Replicas.of(broker));
        }
        return new Setup.Topic(assigned, 100_000, 1);
    }

    @Test
    void aRecordThatWasWrittenBeforeItCouldNotBeReadIsNotTakenForTheOneBefore() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(3), 1, Replicas.of(0)));
        SortedMap<TopicPartition, Optional<Replicas>> cancels = new TreeMap<>();
        List.of(0, 1).forEach(number -> cancels.put(new TopicPartition("t0", number), Optional.empty()));
        holds(new Trial(
                54_040,
                setup(
                        "separate, recursive, originals, arrival-order, payload+notify-scan+notify-names, single",
                        new Limits(3, 1),
                        new Numbers(2, 5, 50_000_000, 0, 0),
                        topics(assigned, 100_000)),
                List.of(
                        new Act(0, new Act.BrokerCrash(3, 924)),
                        new Act(
                                176,
                                request(
                                        "notify-names",
                                        Map.of("t0-0", Replicas.of(4, 3, 2), "t0-1", Replicas.of(2, 0, 4)))),
                        new Act(194, new Act.Request("notify-scan", cancels)),
                        new Act(194, new Act.ControllerStall(-1, 20, 1_000)),
                        new Act(374, new Act.SpoiledTopic("t0", 3_000)),
                        new Act(
                                2_149,
                                request(
                                        "notify-scan",
                                        Map.of("t0-1", Replicas.of(3, 4, 0), "unknown-0", Replicas.of(0, 1)))))));
    }
}
