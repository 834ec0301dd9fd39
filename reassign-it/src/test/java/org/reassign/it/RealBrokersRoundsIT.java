package org.reassign.it;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many rounds of {@link RealRounds}, in {@code -Pbrokers}, with new topics and a new group from time to time. The seed is
 * printed; {@code -Dreassign.brokers.seed} plays it again.
 */
@Isolated
@Timeout(value = 4, unit = TimeUnit.HOURS)
@EnabledIfSystemProperty(named = "reassign.brokers.rounds", matches = "[1-9][0-9]*")
class RealBrokersRoundsIT {
    private static final int ROUNDS = Integer.getInteger("reassign.brokers.rounds", 0);
    private static final int OF_A_TOPIC = 25;

    @Test
    void randomMovesWithRandomFaultsLoseNothing() {
        try (RealBrokers brokers = new RealBrokers(5)) {
            long seed = RealRounds.seed();
            for (int played = 0; played < ROUNDS; played += OF_A_TOPIC) {
                try (RealRounds rounds = new RealRounds(brokers, "rounds-" + played, seed + played)) {
                    rounds.play(Math.min(OF_A_TOPIC, ROUNDS - played));
                }
            }
        }
    }
}
