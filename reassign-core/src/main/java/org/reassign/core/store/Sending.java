package org.reassign.core.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/**
 * Sends the writes of one plan, and knows their outcomes. A deletion that fails because the znode has children is no
 * failure: the znode is emptied instead, under the same condition on the version.
 */
final class Sending<O> {
    private final ZkPort zk;
    private final ZkWrite fence;

    private final FailedWrites<O> failures = new FailedWrites<>();
    private final List<ZkWrite> removed = new ArrayList<>();
    private final SortedMap<String, Boolean> undeleted = new TreeMap<>();
    private final Set<O> begun = new HashSet<>();

    Sending(ZkPort zk, Fence fence) {
        this.zk = zk;
        this.fence = ZkWrite.check(Fence.PATH, fence.version());
    }

    /** What was not written, and why. */
    FailedWrites<O> failures() {
        return failures;
    }

    /** The legacy removals that were written. */
    List<ZkWrite> removed() {
        return removed;
    }

    /** Znodes that could not be deleted because of their children, and whether they held data, which are gone. */
    SortedMap<String, Boolean> undeleted() {
        return undeleted;
    }

    /** The owners with at least one completed write of record or AR. */
    Set<O> begun() {
        return begun;
    }

    /** Checks the fence alone. */
    void confirm() {
        var unused = failure(zk.commit(List.of(fence)));
    }

    /** All or none behind the fence; the failure of one of them. */
    Optional<ZkException> atomically(List<ZkWrite> writes) {
        List<ZkWrite> fenced = new ArrayList<>(List.of(fence));
        fenced.addAll(writes);
        return failure(zk.commit(fenced));
    }

    void send(List<Op<O>> ops, WriteMode mode) {
        switch (mode) {
            case SINGLE -> sendSingly(ops);
            case PIPELINED -> sendPipelined(ops);
            case BATCHED -> sendPacked(new ArrayList<>(ops));
        }
    }

    private void sendSingly(List<Op<O>> ops) {
        Set<String> skippedPaths = new HashSet<>();
        for (Op<O> op : ops) {
            if (due(op, skippedPaths)) {
                sendPacked(new ArrayList<>(List.of(op)));
                due(op, skippedPaths);
            }
        }
    }

    /**
     * All writes of a phase are in flight together; the next phase waits, since a failed write stops none behind it.
     */
    private void sendPipelined(List<Op<O>> ops) {
        for (Op.Phase phase : Op.Phase.values()) {
            Set<String> skippedPaths = new HashSet<>();
            List<List<Op<O>>> left = byPath(ops.stream()
                    .filter(op -> op.phase() == phase && due(op, skippedPaths))
                    .toList());
            while (!left.isEmpty()) {
                sendTogether(left);
                left.removeIf(List::isEmpty);
            }
        }
    }

    /**
     * Whether a write may be tried. Where it may not, later writes of the same znode may not either: they assume the
     * version that this one would have made, and somebody else may have made that version.
     */
    private boolean due(Op<O> op, Set<String> skippedPaths) {
        if (skippedPaths.contains(op.write().path())) {
            failures.leftOut(op);
        }
        boolean due = failures.maySend(op);
        if (!due) {
            skippedPaths.add(op.write().path());
        }
        return due;
    }

    /** Writes of one znode depend on each other: they share a transaction, and what does not fit there waits for it. */
    private void sendTogether(List<List<Op<O>>> groups) {
        List<Packing> sent = new ArrayList<>();
        List<CompletionStage<List<ZkResult>>> answers = new ArrayList<>();
        for (List<Op<O>> group : groups) {
            sent.add(Packing.first(fence, group, Integer.MAX_VALUE));
            answers.add(zk.commit(sent.get(sent.size() - 1).writes()));
        }
        for (int i = 0; i < groups.size(); i++) {
            List<Op<O>> group = groups.get(i);
            Optional<ZkException> failure = failure(answers.get(i));
            if (failure.isEmpty()) {
                written(group.subList(0, sent.get(i).size()));
            } else if (!resolved(failure.get(), sent.get(i), group)) {
                group.forEach(failures::leftOut);
                group.clear();
            }
        }
    }

    private List<List<Op<O>>> byPath(List<Op<O>> ops) {
        Map<String, List<Op<O>>> byPath = new LinkedHashMap<>();
        ops.forEach(op -> byPath.computeIfAbsent(op.write().path(), path -> new ArrayList<>())
                .add(op));
        return new ArrayList<>(byPath.values());
    }

    /**
     * As many writes in one transaction as fit. Of one that fails, the write that failed is left out with all that
     * depend on it, and those before it are sent alone: they were in order. The transactions after it begin as small
     * and grow as long as they succeed. So k failures among n writes cost O(n + k) writes sent and O(k log n)
     * transactions, where sending all that is left again would cost k times n.
     */
    private void sendPacked(List<Op<O>> left) {
        int limit = Integer.MAX_VALUE;
        removeFallen(left);
        while (!left.isEmpty()) {
            Packing sent = Packing.first(fence, left, limit);
            Optional<ZkException> failure = failure(zk.commit(sent.writes()));
            if (failure.isEmpty()) {
                limit = (int) Math.min(Integer.MAX_VALUE, 2L * Math.max(limit, sent.size()));
                written(left.subList(0, sent.size()));
                continue;
            }
            limit = Math.max(1, sent.position(failure.get().index()));
            if (!resolved(failure.get(), sent, left)) {
                removeFallen(left);
            }
        }
    }

    /** Until none is left that must not be sent: one that falls may own what comes before it. */
    private void removeFallen(List<Op<O>> left) {
        while (left.removeIf(op -> !failures.maySend(op))) {
            // again
        }
    }

    /**
     * Whether a failure could be avoided by another write, in the list of what is left; else its owners have failed.
     */
    private boolean resolved(ZkException failure, Packing sent, List<Op<O>> left) {
        int position = sent.position(failure.index());
        Op<O> op = left.get(position);
        ZkWrite failed = sent.writes().get(failure.index());
        if (sent.isCondition(failure.index())) {
            failures.broken(failed);
        } else if (failure.code() == Code.NODE_EXISTS && op.companions().contains(failed)) {
            left.set(position, op.without(failed));
            return true;
        } else if (failure.code() == Code.NOT_EMPTY && op.write() instanceof ZkWrite.Delete delete) {
            boolean data = hasData(delete.path());
            undeleted.put(delete.path(), data);
            replace(left, position, data ? Optional.of(empty(delete)) : Optional.empty());
            return true;
        } else if (failure.code() == Code.NODE_EXISTS
                && op.write() instanceof ZkWrite.Create create
                && !hasData(create.path())) {
            boolean data = create.data().length > 0;
            replace(left, position, data ? Optional.of(fill(create)) : Optional.empty());
            return true;
        }
        failures.add(op, failure);
        return false;
    }

    private boolean hasData(String path) {
        return Await.done(zk.getData(path)).map(node -> node.data().length > 0).orElse(true);
    }

    private static ZkWrite empty(ZkWrite.Delete delete) {
        return ZkWrite.setData(delete.path(), "", delete.version());
    }

    /** A znode that was emptied because it could not be deleted is used again. */
    private static ZkWrite fill(ZkWrite.Create create) {
        return new ZkWrite.SetData(create.path(), create.data(), ZkWrite.ANY_VERSION);
    }

    private void replace(List<Op<O>> left, int position, Optional<ZkWrite> write) {
        if (write.isPresent() || !left.get(position).companions().isEmpty()) {
            left.set(position, left.get(position).with(write.orElse(ZkWrite.check(Fence.PATH, ZkWrite.ANY_VERSION))));
        } else {
            left.remove(position);
        }
    }

    /** Takes what was written out of the list of what is left. */
    private void written(List<Op<O>> ops) {
        ops.forEach(op -> {
            if (op.phase().isOfRecord()) {
                begun.addAll(op.owners());
            }
        });
        ops.stream()
                .filter(op -> op.phase() == Op.Phase.LEGACY_REMOVALS)
                .map(Op::write)
                .forEach(removed::add);
        ops.clear();
    }

    /** A write's own failure; that of the fence or of the session, and a lost connection, are thrown. */
    private static Optional<ZkException> failure(CompletionStage<List<ZkResult>> answer) {
        try {
            Await.done(answer);
            return Optional.empty();
        } catch (ZkException e) {
            boolean own = switch (e.code()) {
                case BAD_VERSION, NO_NODE, NODE_EXISTS, NOT_EMPTY, EPHEMERAL_PARENT, NO_AUTH -> e.index() > 0;
                case TOO_LARGE, CONNECTION_LOSS, SESSION_EXPIRED, UNSUPPORTED, OTHER -> false;
            };
            if (own) {
                return Optional.of(e);
            }
            if (e.code() == Code.CONNECTION_LOSS) {
                throw e;
            }
            throw new LeadershipLost("a write was not taken: " + e.getMessage(), e);
        }
    }
}
