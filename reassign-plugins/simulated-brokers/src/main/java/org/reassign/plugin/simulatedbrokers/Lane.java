package org.reassign.plugin.simulatedbrokers;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All copies from one broker to another. They run equally fast, so the lane keeps one mark for them: how many bytes a
 * copy that had run since the lane began would have got. A copy is done when the mark has passed its finish.
 */
final class Lane {
    private static final Comparator<Copy> BY_FINISH =
            Comparator.comparingDouble(Copy::finishMark).thenComparing(Copy::partition);

    private final int from;
    private final int to;
    private final TreeSet<Copy> copies = new TreeSet<>(BY_FINISH);
    private volatile Pace pace;

    /** A lane between two brokers that stands still. */
    Lane(int from, int to, long nowMillis) {
        this.from = from;
        this.to = to;
        this.pace = new Pace(0, nowMillis, 0);
    }

    /** Where the mark was at some time and how fast it moves from then on; read by any thread. */
    private record Pace(double mark, long sinceMillis, double bytesPerMilli) {
        double markAt(long nowMillis) {
            return mark + bytesPerMilli * Math.max(0, nowMillis - sinceMillis);
        }
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int size() {
        return copies.size();
    }

    double markAt(long nowMillis) {
        return pace.markAt(nowMillis);
    }

    void add(Copy copy) {
        copies.add(copy);
    }

    void remove(Copy copy) {
        copies.remove(copy);
    }

    /** Goes on at another speed from now on. */
    void run(double bytesPerMilli, long nowMillis) {
        pace = new Pace(markAt(nowMillis), nowMillis, bytesPerMilli);
    }

    /** The copy that is done first; empty where there is none. */
    Optional<Copy> next() {
        return copies.isEmpty() ? Optional.empty() : Optional.of(copies.first());
    }

    /** Copies that are done now. */
    TreeSet<Copy> done(long nowMillis) {
        TreeSet<Copy> done = new TreeSet<>(BY_FINISH);
        double mark = markAt(nowMillis) + Copy.ROUNDING;
        for (Copy copy : copies) {
            if (copy.finishMark() > mark) {
                break;
            }
            done.add(copy);
        }
        return done;
    }

    /** When the next copy is done at this speed, in whole milliseconds rounded up; never where the lane stands still. */
    long nextDoneMillis() {
        Pace now = pace;
        if (copies.isEmpty() || now.bytesPerMilli() <= 0) {
            return Long.MAX_VALUE;
        }
        double missing = copies.first().finishMark() - now.mark() - Copy.ROUNDING;
        return now.sinceMillis() + Math.max(1, (long) Math.ceil(missing / now.bytesPerMilli()));
    }
}
