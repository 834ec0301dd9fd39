package org.reassign.core.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/**
 * Sends a turn's writes. Each travels in a transaction that checks the version of {@code /controller_epoch}; a write
 * whose partition has failed before in the turn is not sent. Blocks its caller until all answers are there.
 */
public final class Store {
    private final ZkPort zk;
    private final Fence fence;
    private final WriteMode mode;
    private final List<ZkWrite> removed = new ArrayList<>();
    private Optional<String> why = Optional.empty();

    /** A store for one term of leadership. */
    public Store(ZkPort zk, Fence fence, WriteMode mode) {
        this.zk = zk;
        this.fence = fence;
        this.mode = mode;
    }

    /**
     * What became of a plan. What was not written is to be read again and decided again.
     *
     * @param removed the legacy removals that were written, whatever became of the records that were to follow
     * @param records partitions whose record or AR was not written, nor anything after it
     * @param states partitions whose {@code state} alone was not written
     * @param why the first write that failed and how; empty where all was written
     */
    public record Outcome(
            List<ZkWrite> removed, Set<TopicPartition> records, Set<TopicPartition> states, Optional<String> why) {
        /** All was written, and there was no legacy removal. */
        public static final Outcome DONE = new Outcome(List.of(), Set.of(), Set.of(), Optional.empty());
    }

    /**
     * Performs a plan.
     *
     * @throws LeadershipLost where the epoch has moved or the session is broken; anything may be half done then
     */
    public Outcome perform(TurnPlan plan) {
        Set<TopicPartition> failed = new HashSet<>();
        removed.clear();
        why = Optional.empty();
        send(plan.ops().stream().filter(op -> op.wave() != Op.Phase.STATE).toList(), failed);
        Set<TopicPartition> records = new TreeSet<>(failed);
        send(plan.ops().stream().filter(op -> op.wave() == Op.Phase.STATE).toList(), failed);
        failed.removeAll(records);
        return new Outcome(List.copyOf(removed), records, new TreeSet<>(failed), why);
    }

    /**
     * Performs housekeeping: an owner's writes in their order, none after one that failed.
     *
     * @return the owners of which a write failed
     */
    public <O> Set<O> settle(List<Op<O>> ops) {
        Set<O> failed = new HashSet<>();
        send(ops, failed);
        return failed;
    }

    private <O> void send(List<Op<O>> ops, Set<O> failed) {
        switch (mode) {
            case SINGLE -> sendSingly(ops, failed);
            case PIPELINED -> sendPipelined(ops, failed);
            case BATCHED -> sendPacked(ops, failed);
        }
    }

    private <O> void sendSingly(List<Op<O>> ops, Set<O> failed) {
        Set<String> unlike = new HashSet<>();
        for (Op<O> op : ops) {
            if (!due(op, unlike, failed)) {
                continue;
            }
            if (failure(zk.commit(fenced(List.of(op.write())))).isPresent()) {
                failed.addAll(op.owners());
                unlike.add(op.write().path());
            } else {
                written(List.of(op));
            }
        }
    }

    /** All writes of a wave are under way together; the next wave waits, since a failed write stops nothing behind it. */
    private <O> void sendPipelined(List<Op<O>> ops, Set<O> failed) {
        for (Op.Phase wave : Op.Phase.values()) {
            Set<String> unlike = new HashSet<>();
            List<List<Op<O>>> left = byPath(ops.stream()
                    .filter(op -> op.wave() == wave && due(op, unlike, failed))
                    .toList());
            while (!left.isEmpty()) {
                left = sendTogether(left, failed);
            }
        }
    }

    /**
     * Whether a write may be tried. One that is not makes its znode unlike what later writes of it, which count on the
     * version that it would have had, must find; somebody else may have given it that version.
     */
    private static <O> boolean due(Op<O> op, Set<String> unlike, Set<O> failed) {
        if (unlike.contains(op.write().path())) {
            failed.addAll(op.owners());
        }
        boolean due = standing(op, failed);
        if (!due) {
            unlike.add(op.write().path());
        }
        return due;
    }

    /** Writes of one znode depend on each other: they share a transaction, and what does not fit there waits for it. */
    private <O> List<List<Op<O>>> sendTogether(List<List<Op<O>>> groups, Set<O> failed) {
        List<CompletionStage<List<ZkResult>>> answers = new ArrayList<>();
        List<List<Op<O>>> left = new ArrayList<>();
        for (List<Op<O>> group : groups) {
            List<ZkWrite> sent = Packing.first(group.stream().map(Op::write).toList());
            answers.add(zk.commit(fenced(sent)));
            left.add(group.subList(sent.size(), group.size()));
        }
        for (int i = 0; i < groups.size(); i++) {
            if (failure(answers.get(i)).isPresent()) {
                groups.get(i).forEach(op -> failed.addAll(op.owners()));
                left.set(i, List.of());
            } else {
                written(groups.get(i)
                        .subList(0, groups.get(i).size() - left.get(i).size()));
            }
        }
        left.removeIf(List::isEmpty);
        return left;
    }

    private static <O> List<List<Op<O>>> byPath(List<Op<O>> ops) {
        Map<String, List<Op<O>>> byPath = new LinkedHashMap<>();
        ops.forEach(op -> byPath.computeIfAbsent(op.write().path(), path -> new ArrayList<>())
                .add(op));
        return new ArrayList<>(byPath.values());
    }

    /** As many writes in one transaction as fit; one that fails is left out with all that depends on it. */
    private <O> void sendPacked(List<Op<O>> ops, Set<O> failed) {
        List<Op<O>> left = new ArrayList<>(ops);
        while (true) {
            while (left.removeIf(op -> !standing(op, failed))) {
                // what has just fallen may own what came before it
            }
            if (left.isEmpty()) {
                return;
            }
            List<ZkWrite> chunk = Packing.first(left.stream().map(Op::write).toList());
            Optional<ZkException> failure = failure(zk.commit(fenced(chunk)));
            if (failure.isPresent()) {
                failed.addAll(left.get(failure.get().index() - 1).owners());
            } else {
                written(left.subList(0, chunk.size()));
                left.subList(0, chunk.size()).clear();
            }
        }
    }

    private <O> void written(List<Op<O>> ops) {
        ops.stream()
                .filter(op -> op.wave() == Op.Phase.LEGACY_REMOVALS)
                .map(Op::write)
                .forEach(removed::add);
    }

    /** Whether none of the owners has failed; if one has, all have, for the write holds all their changes. */
    private static <O> boolean standing(Op<O> op, Set<O> failed) {
        if (op.owners().stream().noneMatch(failed::contains)) {
            return true;
        }
        failed.addAll(op.owners());
        return false;
    }

    private List<ZkWrite> fenced(List<ZkWrite> writes) {
        List<ZkWrite> fenced = new ArrayList<>(writes.size() + 1);
        fenced.add(ZkWrite.check(Fence.PATH, fence.version()));
        fenced.addAll(writes);
        return fenced;
    }

    /** A write's own failure; that of the fence or of the session ends the term. */
    private Optional<ZkException> failure(CompletionStage<List<ZkResult>> answer) {
        try {
            Await.done(answer);
            return Optional.empty();
        } catch (ZkException e) {
            boolean own = switch (e.code()) {
                case BAD_VERSION, NO_NODE, NODE_EXISTS, NOT_EMPTY, EPHEMERAL_PARENT -> e.index() > 0;
                case TOO_LARGE, CONNECTION_LOSS, SESSION_EXPIRED, UNSUPPORTED, OTHER -> false;
            };
            if (own) {
                why = why.or(() -> Optional.of(e.getMessage()));
                return Optional.of(e);
            }
            throw new LeadershipLost("a write was not taken: " + e.getMessage(), e);
        }
    }
}
