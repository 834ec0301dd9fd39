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
import org.reassign.core.decide.InFlightLimits;

/** As {@link FoundTest}, with topics that could not be read for a while. */
class FoundInSpoiledTopicsTest extends Found {
    @Test
    void whatBefellItsBrokersIsMadeUpForWhenItCanBeRead() {
        SortedMap<Integer, Replicas> assigned =
                new TreeMap<>(Map.of(0, Replicas.of(2, 0), 1, Replicas.of(1, 0), 2, Replicas.of(2, 0)));
        holds(new DrawnRun(
                646,
                setup(
                        "separate-flat, batched, keep-all, refuse-cross-mechanism, payload, batched",
                        new Numbers(1, 3, 50_000_000, 50, 0),
                        topics(assigned, 5_000_000)),
                List.of(
                        new ScheduledEvent(359, new ScheduledEvent.BrokerCrash(2, 731)),
                        new ScheduledEvent(388, new ScheduledEvent.BrokerCrash(0, 898)),
                        new ScheduledEvent(419, new ScheduledEvent.ControllerCrash(-1, 14, false, 301)),
                        new ScheduledEvent(517, new ScheduledEvent.SpoiledTopic("t0", 3_000)),
                        new ScheduledEvent(2_408, new ScheduledEvent.BrokerSessionExpiry(2)))));
    }

    @Test
    void whoLedWhileItCouldNotBeReadDoesNotSayThatAllWereTold() {
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(Map.of(0, Replicas.of(0)));
        holds(new DrawnRun(
                17_450,
                setup(
                        "separate-flat, recursive, returning, arrival-order, payload+notify-scan+legacy, pipelined",
                        new Numbers(1, 3, 50_000_000, 200, 20),
                        topics(assigned, 1_000_000)),
                List.of(
                        new ScheduledEvent(0, new ScheduledEvent.BrokerCrash(0, 578)),
                        new ScheduledEvent(209, new ScheduledEvent.ControllerStall(-1, 20, 1_000)),
                        new ScheduledEvent(305, new ScheduledEvent.Deposition()),
                        new ScheduledEvent(1_038, new ScheduledEvent.SpoiledTopic("t0", 3_000)),
                        new ScheduledEvent(2_375, new ScheduledEvent.Deposition()))));
    }

    @Test
    void aTargetThatWasOverwrittenIsNotRefusedWhileNobodyKnowsWhetherItRuns() {
        ScheduledEvent.Request first =
                request("notify-names", Map.of("t0-1", Replicas.of(0), "t0-2", Replicas.of(2, 0, 1)));
        first.targets().put(new TopicPartition("t1", 1), Optional.empty());
        holds(new DrawnRun(
                116_795,
                setup(
                        "separate-flat, per-partition, keep-all, arrival-order, payload+notify-names, single,"
                                + " each request in turn",
                        new InFlightLimits(2, 2),
                        new Numbers(3, 3, 1_000_000, 200, 0),
                        new TreeMap<>(Map.of(
                                "t0", onePerPartition(1, 1, 0),
                                "t1", onePerPartition(2, 1, 2)))),
                List.of(
                        new ScheduledEvent(211, first),
                        new ScheduledEvent(211, new ScheduledEvent.ControllerStall(-1, 18, 1_000)),
                        new ScheduledEvent(720, new ScheduledEvent.SpoiledTopic("t0", 1_000)),
                        new ScheduledEvent(729, request("notify-names", Map.of("t0-1", Replicas.of(0)))),
                        new ScheduledEvent(742, new ScheduledEvent.ControllerCrash(-1, 10, true, 274)),
                        new ScheduledEvent(2_460, request("notify-names", Map.of("t1-2", Replicas.of(1, 2)))))));
    }

    /** One partition is written, and the next is not. */
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11})
    void whatWasWrittenOfItBeforeStands(int effects) {
        holds(new DrawnRun(
                0,
                setup(
                        "consolidated, per-partition, keep-all, arrival-order, payload, single",
                        new Numbers(1, 3, 1_000_000, 0, 0),
                        new TreeMap<>(Map.of("t0", onePerPartition(0, 1, 0)))),
                List.of(
                        new ScheduledEvent(
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
                        new ScheduledEvent(100, new ScheduledEvent.ControllerStall(-1, effects, 200)),
                        new ScheduledEvent(200, new ScheduledEvent.SpoiledTopic("t0", 1_000)),
                        new ScheduledEvent(2_000, new ScheduledEvent.Deposition()))));
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
        holds(new DrawnRun(
                54_040,
                setup(
                        "separate, recursive, originals, arrival-order, payload+notify-scan+notify-names, single",
                        new InFlightLimits(3, 1),
                        new Numbers(2, 5, 50_000_000, 0, 0),
                        topics(assigned, 100_000)),
                List.of(
                        new ScheduledEvent(0, new ScheduledEvent.BrokerCrash(3, 924)),
                        new ScheduledEvent(
                                176,
                                request(
                                        "notify-names",
                                        Map.of("t0-0", Replicas.of(4, 3, 2), "t0-1", Replicas.of(2, 0, 4)))),
                        new ScheduledEvent(194, new ScheduledEvent.Request("notify-scan", cancels)),
                        new ScheduledEvent(194, new ScheduledEvent.ControllerStall(-1, 20, 1_000)),
                        new ScheduledEvent(374, new ScheduledEvent.SpoiledTopic("t0", 3_000)),
                        new ScheduledEvent(
                                2_149,
                                request(
                                        "notify-scan",
                                        Map.of("t0-1", Replicas.of(3, 4, 0), "unknown-0", Replicas.of(0, 1)))))));
    }
}
