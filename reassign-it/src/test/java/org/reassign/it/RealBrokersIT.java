package org.reassign.it;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Five real brokers with data, under a producer, a consumer and a consumer group that check every record and every commit:
 * moves, retargets and cancels in each storage layout and under each ISR watcher; offices handed over to and from Kafka's
 * own controller in flight; and rounds of random moves with random faults.
 */
@Isolated
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RealBrokersIT {
    private static RealBrokers brokers;

    @BeforeAll
    static void start() {
        brokers = new RealBrokers(5);
    }

    @AfterAll
    static void stop() {
        if (brokers != null) {
            brokers.close();
        }
    }

    @ParameterizedTest
    @MethodSource("org.reassign.it.ChangedMoves#combinations")
    void nothingIsLostOrLeft(String layout, String watcher) {
        new ChangedMoves(brokers, "t-" + layout).moveChangeAndCancel(layout, watcher);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kip-455", "separate"})
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void whatIsInFlightWhenOursIsKilledIsCompleted(String layout) {
        new HandOver(brokers, "h-" + layout).killedInFlight(layout);
    }

    @Test
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void kafkasOwnReassignmentsAreCompletedChangedAndCancelled() {
        new HandOver(brokers, "kafkas").inTheMiddleOfKafkas();
    }

    @Test
    @EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
    void whatAVisitHasBegunIsCompletedByKafka() {
        new HandOver(brokers, "visited").visited();
    }

    @Test
    void movesAreChangedAndCancelledByCommandWhileTheLeaderIsKilled(@TempDir Path folder) throws Exception {
        new MovesByCommand(brokers, folder).changedAndCancelledWhileTheLeaderIsKilled();
    }

    @Test
    void randomMovesWithRandomFaultsLoseNothing() {
        try (RealRounds rounds = new RealRounds(brokers, "rounds", RealRounds.seed())) {
            rounds.play(Integer.getInteger("reassign.brokers.sample", 3));
        }
    }
}
