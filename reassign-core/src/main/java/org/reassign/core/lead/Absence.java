package org.reassign.core.lead;

import java.time.Duration;
import java.util.Optional;
import org.reassign.api.spi.Timers;

/**
 * How long to stay away from an office that somebody has taken away: twice as long each time, up to ten minutes, until it
 * was handed back with all done, or was held for ten minutes.
 */
final class Absence {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Timers timers;
    private final Duration first;
    private final Runnable ended;
    private Duration next;
    private Optional<Long> until = Optional.empty();
    private long heldSince;

    /** None yet; {@code ended} is called on the timers' thread when one ends. */
    Absence(Timers timers, Duration first, Runnable ended) {
        this.timers = timers;
        this.first = first;
        this.ended = ended;
        this.next = first;
    }

    /** The office is held from now on. */
    void officeWon() {
        heldSince = timers.elapsedMillis();
    }

    /** The office was taken away. Returns how long the absence lasts. */
    Duration begin() {
        if (timers.elapsedMillis() - heldSince >= LONGEST.toMillis()) {
            forget();
        }
        Duration length = next;
        until = Optional.of(timers.elapsedMillis() + length.toMillis());
        timers.after(length, ended);
        Duration twice = length.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        return length;
    }

    boolean lasts() {
        return until.filter(end -> timers.elapsedMillis() < end).isPresent();
    }

    /** The office was handed back: the next absence is a short one again. */
    void forget() {
        next = first;
        until = Optional.empty();
    }
}
