package org.reassign.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/**
 * Sends a turn's writes. Each travels in a transaction that checks the version of {@code /controller_epoch}; a write
 * whose partition has failed before in the turn is not sent. Blocks its caller until all answers are there.
 *
 * <p>A znode that is to be deleted and has children, which only somebody else can have made there, is emptied instead,
 * within the same plan, and its owners do not fail: an empty znode means nothing under any root of ours.
 */
public final class Store {
    private final ZkPort zk;
    private final Fence fence;
    private final WriteMode mode;
    private SortedMap<String, Boolean> undeleted = new TreeMap<>();
    private boolean missing;
    private final List<ZkException> closed = new ArrayList<>();

    /** A store for one leadership. */
    public Store(ZkPort zk, Fence fence, WriteMode mode) {
        this.zk = zk;
        this.fence = fence;
        this.mode = mode;
    }

    /**
     * The outcome of a plan. Whatever was not written must be read again and decided again.
     *
     * @param removed the legacy removals that were written, even if the records after them failed
     * @param records partitions whose record or AR was not written, nor anything after it
     * @param begun those of {@code records} with at least one completed write of record or AR
     * @param states partitions whose {@code state} alone was not written
     * @param topicsChanged topics that another client has written or deleted since they were read, or of which it has
     *     deleted a record, found by a check in the transaction of a {@code state}
     * @param closed partitions of {@code records} or {@code states} whose write an ACL does not allow, and the failure
     * @param why the first write that failed and how; empty if all was written
     */
    public record Outcome(
            List<ZkWrite> removed,
            Set<TopicPartition> records,
            Set<TopicPartition> begun,
            Set<TopicPartition> states,
            SortedSet<String> topicsChanged,
            Map<TopicPartition, ZkException> closed,
            Optional<String> why) {
        /** All was written, and there was no legacy removal. */
        public static final Outcome DONE =
                new Outcome(List.of(), Set.of(), Set.of(), Set.of(), new TreeSet<>(), Map.of(), Optional.empty());
    }

    /**
     * Checks the epoch alone. The check is ordered after all earlier writes of the session, and no write of a connection
     * that was lost is taken after it: what is read from then on shows those whose answers were lost.
     *
     * @throws LeadershipLost if the epoch has moved or the session is gone
     */
    public void confirm() {
        new Sending<>(zk, fence).confirm();
    }

    /**
     * Performs a plan.
     *
     * @throws LeadershipLost if the epoch has moved or the session is gone; then some writes may be done
     * @throws ZkException if the connection is lost; then any write may be done. With {@code NO_AUTH} if an ACL closes a
     *     root
     */
    public Outcome perform(TurnPlan plan) {
        Sending<TopicPartition> sending = new Sending<>(zk, fence);
        sending.send(
                plan.ops().stream().filter(op -> op.phase() != Op.Phase.STATE).toList(), mode);
        Set<TopicPartition> records = new TreeSet<>(sending.failures().owners());
        sending.send(
                plan.ops().stream().filter(op -> op.phase() == Op.Phase.STATE).toList(), mode);
        Set<TopicPartition> states = new TreeSet<>(sending.failures().owners());
        states.removeAll(records);
        SortedSet<String> changed = new TreeSet<>();
        plan.ops().stream()
                .filter(op ->
                        op.conditions().stream().anyMatch(sending.failures().brokenConditions()::contains))
                .forEach(op -> op.owners().forEach(partition -> changed.add(partition.topic())));
        keep(sending);
        Set<TopicPartition> begun = new TreeSet<>(records);
        begun.retainAll(sending.begun());
        return new Outcome(
                List.copyOf(sending.removed()),
                records,
                begun,
                states,
                changed,
                sending.failures().closed(),
                sending.failures().why());
    }

    /**
     * Performs housekeeping: an owner's writes in their order, none after one that failed.
     *
     * @return the owners of which a write failed
     */
    public <O> Set<O> settle(List<Op<O>> ops) {
        Sending<O> sending = new Sending<>(zk, fence);
        sending.send(ops, mode);
        keep(sending);
        return sending.failures().owners();
    }

    /**
     * Writes all or none, in one transaction, which must fit.
     *
     * @return why none was written, where it is not the epoch
     * @throws LeadershipLost if the epoch has moved or the session is gone
     * @throws ZkException if the connection is lost; then it may be done
     */
    public Optional<ZkException> atomically(List<ZkWrite> writes) {
        return new Sending<>(zk, fence).atomically(writes);
    }

    private void keep(Sending<?> sending) {
        undeleted.putAll(sending.undeleted());
        missing |= sending.failures().missing();
        closed.addAll(sending.failures().closed().values());
    }

    /** The writes since the last call that an ACL does not allow. */
    public List<ZkException> takeClosed() {
        List<ZkException> taken = List.copyOf(closed);
        closed.clear();
        return taken;
    }

    /** Whether a write since the last call found a znode, or the parent of one, missing: it may have been a root. */
    public boolean takeMissing() {
        boolean taken = missing;
        missing = false;
        return taken;
    }

    /**
     * Znodes that could not be deleted because they have children, of all plans since the last call. The value says
     * whether the znode held data, which are gone: that deserves a warning, once. One that held none was a parent, and
     * stays as it is.
     */
    public SortedMap<String, Boolean> takeUndeleted() {
        SortedMap<String, Boolean> taken = undeleted;
        undeleted = new TreeMap<>();
        return taken;
    }
}
