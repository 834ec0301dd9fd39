package org.reassign.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a seed draws, the invariants hold, and all comes to its end once it heals. */
class SeedsTest {
    /** A sample; {@code -Pfaults} plays 200,000. */
    private static final long SEEDS = Long.getLong("reassign.seeds", 400);

    @Test
    void everySeedHolds() throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        Seeds.Summary summary = new Seeds(Shipped::plugins, threads, runs -> {}).play(0, SEEDS);

        assertThat(summary.shrunk())
                .as(() -> summary.shrunk()
                        .map(run -> run.trial() + "\n" + String.join("\n", run.lines()) + "\n" + run.failure())
                        .orElse(""))
                .isEmpty();
        assertThat(summary.runs()).isEqualTo(SEEDS);
        assertThat(summary.faults().keySet())
                .as("kinds of faults that happened")
                .contains(
                        "broker crash",
                        "broker session expiry",
                        "controller crash",
                        "controller stall",
                        "deposition",
                        "lost answer",
                        "lost connection",
                        "network to brokers",
                        "session expiry",
                        "slow follower",
                        "spoiled topic",
                        "stale reads",
                        "visits",
                        "whole cluster")
                .containsAll(Stream.of(OutsideFault.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void aSeedTellsTheSameStoryTwice(long seed) {
        Outcome once = Seeds.play(seed, Shipped.plugins());
        Outcome again = Seeds.play(seed, Shipped.plugins());

        assertThat(again.lines()).isEqualTo(once.lines()).isNotEmpty();
        assertThat(again.events()).isEqualTo(once.events());
    }
}
