package org.reassign.core.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.core.store.LeadershipLost;

/** How long a controller waits before it tries again, and when it gives up. */
class TermBackOffTest {
    private final ZkException lost = new ZkException(Code.CONNECTION_LOSS, "/a", 0);
    private final ZkException refused = new ZkException(Code.OTHER, "/closed", 0);

    private long nowMillis;
    private final TermBackOff backOff = backOff();

    private TermBackOff backOff() {
        return new TermBackOff(
                new Timers() {
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
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void after(Duration delay, Runnable task) {
                        throw new UnsupportedOperationException();
                    }
                },
                Duration.ofMillis(100));
    }

    private List<Long> failing(TermBackOff one, int times) {
        return Stream.generate(() -> one.failed(lost).toMillis()).limit(times).toList();
    }

    private void term(RuntimeException end, long millis) {
        backOff.began();
        backOff.recovered();
        nowMillis += millis;
        backOff.failed(end);
    }

    @Test
    void eachWaitIsUpToTwiceAsLongAsTheOneBeforeAndHalfAMinuteAtMost() {
        List<Long> waits = failing(backOff, 12);

        IntStream.range(0, 12).forEach(i -> {
            long longest = 100L << Math.min(i, 6);
            assertThat(waits.get(i)).as("wait " + i).isBetween(longest / 2, longest);
        });
    }

    @Test
    void waitsDependOnTheClockAloneAndDifferAtOtherTimes() {
        TermBackOff same = backOff();
        nowMillis = 1;
        TermBackOff other = backOff();

        List<Long> waits = failing(backOff, 12);
        assertThat(failing(same, 12)).isEqualTo(waits);
        assertThat(failing(other, 12)).isNotEqualTo(waits);
    }

    @Test
    void aTermThatHasRecoveredBeginsTheCountAgain() {
        failing(backOff, 6);
        backOff.began();
        backOff.recovered();

        assertThat(backOff.failed(lost).toMillis()).isLessThanOrEqualTo(100);
    }

    @Test
    void lostConnectionsAndSessionsOfTermsThatHaveRecoveredAreCountedNever() {
        for (int i = 0; i < 2 * TermBackOff.MOST_TERMS; i++) {
            term(lost, 1);
            term(new LeadershipLost("the ZooKeeper session is lost", null), 1);
        }
    }

    @Test
    void triesWithoutATermAreCountedNever() {
        failing(backOff, 3 * TermBackOff.MOST_TERMS);
    }

    @Test
    void termsThatEndBeforeTheyHaveRecoveredAreCounted() {
        for (int i = 1; i < TermBackOff.MOST_TERMS; i++) {
            backOff.began();
            backOff.failed(lost);
            backOff.failed(lost); // a try without a term in between
        }
        backOff.began();

        assertThatThrownBy(() -> backOff.failed(refused))
                .isInstanceOf(CannotLeadException.class)
                .hasMessageContaining("OTHER at /closed")
                .hasCause(refused);
    }

    @Test
    void termsThatAreRefusedSomethingSoonAfterTheyHaveRecoveredAreCounted() {
        LeadershipLost why = new LeadershipLost("a write was not taken: OTHER at /closed", refused);
        for (int i = 1; i < TermBackOff.MOST_TERMS; i++) {
            term(why, 9_999);
        }

        assertThatThrownBy(() -> term(why, 9_999)).isInstanceOf(CannotLeadException.class);
    }

    @Test
    void aTermThatHasLastedBeginsTheCountOfTermsAgain() {
        for (int i = 0; i < 3 * TermBackOff.MOST_TERMS; i++) {
            term(refused, i % TermBackOff.MOST_TERMS == 0 ? 10_000 : 1);
        }
    }

    @Test
    void onlyAfterATermThatHasLastedTheNextTryIsAtOnce() {
        term(lost, 9_999);
        assertThat(backOff.mayHurry()).isFalse();
        term(lost, 10_000);
        assertThat(backOff.mayHurry()).isTrue();
    }
}
