package org.reassign.core.store;

import java.util.Optional;
import java.util.Set;
import org.reassign.api.zk.ZkWrite;

/**
 * One write of a turn.
 *
 * @param <O> what owns writes: partitions, or for housekeeping the channel or duty that it is done for
 * @param phase its place in the order of a turn: what has a later phase waits for it
 * @param owners whom it is for; when it fails, or one of them has failed before, all of them have failed
 * @param write the write
 * @param condition what must hold in the same transaction beside the epoch; where it does not, every op that carries it
 *     fails
 */
public record Op<O>(Op.Phase phase, Set<O> owners, ZkWrite write, Optional<ZkWrite> condition) {
    /** A write that only the epoch guards. */
    public Op(Op.Phase phase, Set<O> owners, ZkWrite write) {
        this(phase, owners, write, Optional.empty());
    }

    /** Whether ZooKeeper takes the write, even if alone, and its znode can be read again. */
    public boolean fits() {
        return Packing.fits(this);
    }

    Op<O> with(ZkWrite other) {
        return new Op<>(phase, owners, other, condition);
    }

    /**
     * The order of one turn, as in section 3 of the protocol. {@code HOUSEKEEPING}, which comes last, is what no decision
     * waits for: requests deleted, refusals, notifications, paid debts.
     */
    public enum Phase {
        LEGACY_REMOVALS,
        OWED_ADDED,
        RECORDS_WRITTEN,
        TOPICS,
        RECORDS_DELETED,
        OWED_REMOVED,
        STATE,
        HOUSEKEEPING;

        /** Whether writes of this phase make the record of a partition, or its AR. */
        boolean isOfRecord() {
            return this == RECORDS_WRITTEN || this == TOPICS || this == RECORDS_DELETED;
        }
    }
}
