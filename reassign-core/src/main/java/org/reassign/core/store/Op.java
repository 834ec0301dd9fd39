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
 * @param companions creations in the same transaction; one whose znode exists already is left out
 */
public record Op<O>(Op.Phase phase, Set<O> owners, ZkWrite write, List<ZkWrite> conditions, List<ZkWrite> companions) {
    /** A write alone. */
    public Op(Op.Phase phase, Set<O> owners, ZkWrite write, List<ZkWrite> conditions) {
        this(phase, owners, write, conditions, List.of());
    }

    /** A write that only the epoch guards. */
    public Op(Op.Phase phase, Set<O> owners, ZkWrite write) {
        this(phase, owners, write, List.of());
    }

    /** Whether the write, alone, and a later read of its znode are within ZooKeeper's size limit. */
    public boolean fits() {
        return Packing.fits(this);
    }

    Op<O> with(ZkWrite other) {
        return new Op<>(phase, owners, other, conditions, companions);
    }

    Op<O> checking(List<ZkWrite> others) {
        return new Op<>(phase, owners, write, others, companions);
    }

    /** The same write with these creations beside it. */
    public Op<O> beside(List<ZkWrite> others) {
        return new Op<>(phase, owners, write, conditions, others);
    }

    Op<O> without(ZkWrite companion) {
        return beside(companions.stream().filter(one -> one != companion).toList());
    }

    /**
     * The order of one turn, as in section 3 of the protocol. {@code HOUSEKEEPING} comes last, and no decision waits
     * for it: deleted requests, refusals, notifications, owed deletes that are done; then {@code SETTLED}, the writes that
     * end a request and those of znodes that held what was deleted.
     */
    public enum Phase {
        LEGACY_REMOVALS,
        OWED_ADDED,
        RECORDS_WRITTEN,
        TOPICS,
        RECORDS_DELETED,
        OWED_REMOVED,
        STATE,
        HOUSEKEEPING,
        SETTLED;

        /** Whether writes of this phase change a partition's record or AR. */
        boolean isOfRecord() {
            return this == RECORDS_WRITTEN || this == TOPICS || this == RECORDS_DELETED;
        }
    }
}
