package org.reassign.core.store;

import java.util.Set;
import org.reassign.api.zk.ZkWrite;

/**
 * One write of a turn.
 *
 * @param <O> what owns writes: partitions, or for housekeeping the channel or duty that it is done for
 * @param wave its place in the order of a turn: what has a higher wave waits for it
 * @param owners whom it is for; when it fails, or one of them has failed before, all of them have failed
 * @param write the write
 */
public record Op<O>(Op.Phase wave, Set<O> owners, ZkWrite write) {
    /** Whether ZooKeeper takes the write, even if alone, and its znode can be read again. */
    public boolean fits() {
        return Packing.fits(write);
    }

    /** The order of one turn. */
    public enum Phase {
        LEGACY_REMOVALS,
        OWED_ADDED,
        RECORDS_WRITTEN,
        TOPICS,
        RECORDS_DELETED,
        OWED_REMOVED,
        STATE,
        HOUSEKEEPING
    }
}
