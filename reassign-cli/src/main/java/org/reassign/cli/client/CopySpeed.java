package org.reassign.cli.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.TopicPartition;

/**
 * How fast bytes are copied, from two looks.
 *
 * @param seconds between the looks
 * @param copiedPerSecond by how much what is copied grows
 * @param leftPerSecond by how much what is left falls: less than what is copied while producers write, and negative where
 *     they write more
 * @param left what is left at the second look
 */
record CopySpeed(double seconds, double copiedPerSecond, double leftPerSecond, long left) {
    /** Followers fetch in bursts, and under a throttle pause for as long as its window of 11 seconds. */
    private static final double SHORTEST_VERDICT_SECONDS = 30;

    private static final double SHORTEST_SECONDS = 0.5;

    /**
     * What brokers have told at one moment.
     *
     * @param nanos of a clock that does not jump
     * @param progress of the partitions of which it is known
     */
    record Look(long nanos, Map<TopicPartition, CopyProgress> progress) {}

    /**
     * Between two looks, of those partitions that are in both. Empty where none is, where too little time is between them, and
     * where less is copied than before, as after a target was changed.
     */
    static Optional<CopySpeed> between(Look first, Look second, Collection<TopicPartition> partitions) {
        double seconds = (second.nanos() - first.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        CopyProgress before = CopyProgress.NOTHING;
        CopyProgress after = CopyProgress.NOTHING;
        boolean some = false;
        for (TopicPartition partition : partitions) {
            if (first.progress().containsKey(partition) && second.progress().containsKey(partition)) {
                before = before.plus(first.progress().get(partition));
                after = after.plus(second.progress().get(partition));
                some = true;
            }
        }
        if (!some || seconds < SHORTEST_SECONDS || after.copied() < before.copied()) {
            return Optional.empty();
        }
        return Optional.of(new CopySpeed(
                seconds,
                (after.copied() - before.copied()) / seconds,
                (before.left() - after.left()) / seconds,
                after.left()));
    }

    /** How long the rest takes as things go; empty where what is left does not fall. */
    Optional<Duration> timeLeft() {
        return leftPerSecond > 0
                ? Optional.of(Duration.ofSeconds((long) Math.ceil(left / leftPerSecond)))
                : Optional.empty();
    }

    /** Whether it is copied, and what is left does not fall for all that: as much is written meanwhile. */
    boolean isOutrun() {
        return seconds >= SHORTEST_VERDICT_SECONDS && copiedPerSecond > 0 && left > 0 && leftPerSecond <= 0;
    }

    /** {@code 5.0 MB/s, 12 s to go}. */
    @Override
    public String toString() {
        return ByteCount.text(copiedPerSecond) + "/s"
                + timeLeft().map(time -> ", " + time(time) + " to go").orElse("");
    }

    /** {@code 45 s}, {@code 12 min} or {@code 3 h 5 min}. */
    static String time(Duration duration) {
        if (duration.toMinutes() < 2) {
            return duration.toSeconds() + " s";
        }
        return duration.toHours() < 2
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
