package org.reassign.core.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkWrite;

/** What of one plan was not written, and why. */
final class FailedWrites<O> {
    private final Set<O> owners = new HashSet<>();
    private final Set<ZkWrite> brokenConditions = new HashSet<>();
    private final Set<String> unwritten = new HashSet<>();
    private final Map<O, ZkException> closed = new HashMap<>();
    private boolean missing;
    private Optional<String> why = Optional.empty();

    /** The owners of writes that have failed. */
    Set<O> owners() {
        return owners;
    }

    /** The conditions that did not hold. */
    Set<ZkWrite> brokenConditions() {
        return brokenConditions;
    }

    /** Owners of a write that an ACL does not allow, and the failure. */
    Map<O, ZkException> closed() {
        return closed;
    }

    /** Whether a write found a znode, or the parent of one, missing. */
    boolean missing() {
        return missing;
    }

    /** The first failure. */
    Optional<String> why() {
        return why;
    }

    /** This condition did not hold. */
    void broken(ZkWrite condition) {
        brokenConditions.add(condition);
    }

    /**
     * This write was not taken.
     *
     * @throws ZkException if an ACL closes a root, without which nothing goes on
     */
    void add(Op<O> op, ZkException failure) {
        why = why.or(() -> Optional.of(failure.getMessage()));
        missing |= failure.code() == Code.NO_NODE;
        if (failure.code() == Code.NO_AUTH) {
            if (isRoot(closedBy(op.write()))) {
                throw failure;
            }
            op.owners().forEach(owner -> closed.putIfAbsent(owner, failure));
        }
        owners.addAll(op.owners());
    }

    /** The znode whose ACL counts: the parent of one that is created or deleted. */
    private static String closedBy(ZkWrite write) {
        return write instanceof ZkWrite.SetData
                ? write.path()
                : write.path().substring(0, write.path().lastIndexOf('/'));
    }

    /** Everything of ours lies below the children of {@code /admin} and the like, and topics below one of them. */
    private static boolean isRoot(String path) {
        return path.chars().filter(c -> c == '/').count() <= 2;
    }

    /** This write is not sent, or failed with another one of its transaction. */
    void leftOut(Op<O> op) {
        owners.addAll(op.owners());
        unwritten.add(op.write().path());
    }

    /**
     * Whether a write may be sent: none of its owners has failed; if one has, all have, for the write holds all their
     * changes. A condition on the version that a write of this plan would have made fails with that write: somebody else
     * may have made it.
     */
    boolean maySend(Op<O> op) {
        boolean may = op.owners().stream().noneMatch(owners::contains)
                && op.conditions().stream().noneMatch(this::isBroken);
        if (!may) {
            leftOut(op);
        }
        return may;
    }

    private boolean isBroken(ZkWrite condition) {
        if (unwritten.contains(condition.path())) {
            brokenConditions.add(condition);
        }
        return brokenConditions.contains(condition);
    }
}
