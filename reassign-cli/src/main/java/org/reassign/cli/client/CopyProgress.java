package org.reassign.cli.client;

import java.util.Optional;

/**
 * Bytes of replicas that are copied.
 *
 * @param copied what they have
 * @param left what the leaders have beyond that
 */
record CopyProgress(long copied, long left) {
    /** Nothing is to be copied. */
    static final CopyProgress NOTHING = new CopyProgress(0, 0);

    private static final int TENTHS = 10;

    CopyProgress plus(CopyProgress other) {
        return new CopyProgress(copied + other.copied, left + other.left);
    }

    /** How many tenths are copied, 0 to 10: a line that is printed for each change is printed for each of these. */
    int tenths() {
        return left == 0 ? TENTHS : (int) (TENTHS * (double) copied / (copied + left));
    }

    /** As text; empty where there is nothing to copy. */
    Optional<String> text() {
        return copied + left == 0 ? Optional.empty() : Optional.of(toString());
    }

    @Override
    public String toString() {
        return "copied: " + ByteCount.text(copied) + ", left: " + ByteCount.text(left);
    }
}
