package org.reassign.core.store;

import java.util.List;
import java.util.Set;
import org.reassign.api.zk.ZkWrite;

/**
 * One write of a turn.
 *
 * @param <O> owners of writes: partitions, or for housekeeping the channel or duty
 * @param phase its place in the order of a turn: writes of later phases wait for it
 * @param owners its owners; when it fails, or one of them has failed before, all of them have failed
 * @param write the write
 * @param conditions checks in the same transaction beside the epoch's; if one does not hold, every op that carries it
 *     fails
 */
public record Op<O>(Op.Phase phase, Set<O> owners, ZkWrite write, List<ZkWrite> conditions) {
    /** A write that only the epoch guards. */
    public Op(Op.Phase phase, Set<O> owners, ZkWrite write) {
        this(phase, owners, write, List.of());
    }

    /** Whether the write, alone, and a later read of its znode are within ZooKeeper's size limit. */
    public boolean fits() {
        return Packing.fits(this);
    }

    Op<O> with(ZkWrite other) {
        return new Op<>(phase, owners, other, conditions);
    }

    /**
     * The order of one turn, as in section 3 of the protocol. {@code HOUSEKEEPING} comes last, and no decision waits
     * for it: deleted requests, refusals, notifications, owed deletes that are done.
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

        /** Whether writes of this phase change a partition's record or AR. */
        boolean isOfRecord() {
            return this == RECORDS_WRITTEN || this == TOPICS || this == RECORDS_DELETED;
        }
    }
}
