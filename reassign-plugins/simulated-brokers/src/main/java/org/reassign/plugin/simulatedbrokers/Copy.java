package org.reassign.plugin.simulatedbrokers;

import org.reassign.api.model.TopicPartition;

/** One follower that copies one partition from its leader. Its bytes may be read by any thread. */
final class Copy implements Disk.Content {
    /** Sums of doubles may fall short by this part of a byte. */
    static final double ROUNDING = 1e-3;

    private final TopicPartition partition;
    private final Lane lane;
    private final double startMark;
    private final long startBytes;
    private final long fullBytes;

    /**
     * A copy that begins now.
     *
     * @param lane from leader to follower
     * @param startBytes what the follower has
     * @param fullBytes what the leader has
     */
    Copy(TopicPartition partition, Lane lane, long startBytes, long fullBytes, long nowMillis) {
        this.partition = partition;
        this.lane = lane;
        this.startMark = lane.markAt(nowMillis);
        this.startBytes = startBytes;
        this.fullBytes = fullBytes;
    }

    TopicPartition partition() {
        return partition;
    }

    Lane lane() {
        return lane;
    }

    double finishMark() {
        return startMark + (fullBytes - startBytes);
    }

    long fullBytes() {
        return fullBytes;
    }

    long copiedAt(long nowMillis) {
        return bytesAt(nowMillis) - startBytes;
    }

    @Override
    public long bytesAt(long nowMillis) {
        long copied = (long) (lane.markAt(nowMillis) - startMark + ROUNDING);
        return Math.min(fullBytes, startBytes + copied);
    }
}
