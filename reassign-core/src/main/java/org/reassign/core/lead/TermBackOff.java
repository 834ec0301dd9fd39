package org.reassign.core.lead;

import java.time.Duration;
import java.util.SplittableRandom;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;

/**
 * How long to wait after a failure before the next try: twice as long each time, up to half a minute, less a random part
 * of up to a half, so that several controllers do not try together. A term that has recovered begins the count again.
 */
final class TermBackOff {
    /** How many terms in a row may end before they have recovered. */
    static final int MOST_TERMS = 8;

    private static final int MOST_DOUBLINGS = 6;
    /** A term that ends sooner after it began is short; if it was refused something, it counts as not recovered. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Timers timers;
    private final Duration first;
    private final SplittableRandom random;
    private boolean inTerm;
    private boolean recovered;
    private boolean lasted;
    private long beganAt;
    private int failures;
    private int terms;

    /** Nothing has failed yet; the random part depends on the clock alone. */
    TermBackOff(Timers timers, Duration first) {
        this.timers = timers;
        this.first = first;
        this.random = new SplittableRandom(timers.nowMillis());
    }

    /** A term begins. */
    void began() {
        inTerm = true;
        recovered = false;
        beganAt = timers.elapsedMillis();
    }

    /** The term has recovered. */
    void recovered() {
        recovered = true;
        failures = 0;
    }

    /** Whether the next try may follow at once when the connection is back: the last term was not short. */
    boolean mayHurry() {
        return lasted;
    }

    /**
     * A term, or the try to begin one, has failed. Returns how long to wait before the next try.
     *
     * @throws CannotLeadException where as many terms in a row have ended at once as may
     */
    Duration failed(RuntimeException why) {
        if (inTerm) {
            lasted = recovered && !isSoon();
            terms = endedAtOnce(why) ? terms + 1 : 0;
        }
        inTerm = false;
        if (terms == MOST_TERMS) {
            throw new CannotLeadException(
                    MOST_TERMS
                            + " times in a row the controller was elected or had its connection back, and had to stop"
                            + " at once, the last time because " + why.getMessage()
                            + "; remove the cause, then start it again",
                    why);
        }
        long millis = first.toMillis() << Math.min(failures, MOST_DOUBLINGS);
        failures++;
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }

    private boolean endedAtOnce(RuntimeException why) {
        return !recovered || isRefusal(why) && isSoon();
    }

    private boolean isSoon() {
        return timers.elapsedMillis() - beganAt < SOON.toMillis();
    }

    /** Whether ZooKeeper has refused something that it may refuse again, in contrast to a session that has expired. */
    private static boolean isRefusal(RuntimeException why) {
        Throwable cause = why.getCause() == null ? why : why.getCause();
        return cause instanceof ZkException refused
                && refused.code() != Code.CONNECTION_LOSS
                && refused.code() != Code.SESSION_EXPIRED
                && refused.code() != Code.BAD_VERSION;
    }
}
