package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.Timers;

/** What counts as a turn that hangs. */
class WatchdogTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    private final List<String> hung = new ArrayList<>();
    private final List<Runnable> looks = new ArrayList<>();
    private long nowMillis;
    private final Watchdog watchdog = new Watchdog(LIMIT, hung::add);

    WatchdogTest() {
        watchdog.watch(new Timers() {
            @Override
            public long nowMillis() {
                return nowMillis;
            }

            @Override
            public long elapsedMillis() {
                return nowMillis;
            }

            @Override
            public void run(Runnable task) {
                looks.add(task);
            }

            @Override
            public void after(Duration delay, Runnable task) {
                looks.add(task);
            }
        });
    }

    private void looksAfter(long millis) {
        nowMillis += millis;
        List<Runnable> due = List.copyOf(looks);
        looks.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void aTurnThatHasNotEndedInTimeHangsAndIsToldOfOnce() {
        watchdog.begins();
        looksAfter(99);
        assertThat(hung).isEmpty();

        looksAfter(1);
        looksAfter(100);
        assertThat(hung).hasSize(1);
        watchdog.ends();
        watchdog.begins();
        looksAfter(100);
        assertThat(hung).hasSize(2);
    }

    @Test
    void aTurnThatHasEndedOrAsksZooKeeperDoesNot() {
        watchdog.begins();
        watchdog.ends();
        looksAfter(1000);
        watchdog.begins();
        looksAfter(99);
        watchdog.alive();
        looksAfter(99);

        assertThat(hung).isEmpty();
        looksAfter(1);
        assertThat(hung).hasSize(1);
    }

    @Test
    void whatOtherThreadsAskDoesNotCount() throws InterruptedException {
        watchdog.begins();
        nowMillis = 99;
        Thread other = new Thread(watchdog::alive);
        other.start();
        other.join();

        looksAfter(1);
        assertThat(hung).hasSize(1);
    }

    @Test
    void nothingIsScheduledBetweenTurns() {
        watchdog.begins();
        watchdog.begins();
        assertThat(looks).hasSize(1);
        watchdog.ends();
        looksAfter(100);
        assertThat(looks).isEmpty();
    }
}
