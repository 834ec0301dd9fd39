package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** Writes of a turn beside the partitions: refusals, settled requests, notifications, owed deletes, stray znodes. */
final class Cleanup {
    private final TermContext context;
    private final Store store;
    private final ToRead toRead;
    private final Requests requests;
    private final Refusals refusals;
    private final KeptAnswers kept;
    private final OwedDeleteQueue owed;
    private final OddZnodes odd;
    /** Obsolete znodes of ours, in the order of removal. */
    private final Set<String> strays;

    private final Notifications notifications;
    private final Set<String> tooLarge = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    /** {@code strays} is shared with the readers that find them. */
    Cleanup(
            TermContext context,
            Store store,
            ToRead toRead,
            Requests requests,
            OwedDeleteQueue owed,
            Notifications notifications,
            Set<String> strays) {
        this.context = context;
        this.store = store;
        this.toRead = toRead;
        this.requests = requests;
        this.refusals = requests.refusals();
        this.kept = requests.kept();
        this.owed = owed;
        this.strays = strays;
        this.odd = requests.odd();
        this.notifications = notifications;
    }

    boolean idle() {
        return notifications.isEmpty() && owed.idle();
    }

    /** A turn's writes are done: a znode that was written again is no longer a stray. */
    void written(TurnPlan plan, Store.Outcome outcome) {
        owed.written(plan, outcome);
        plan.ops().forEach(op -> kept.counts(op.companions()));
        plan.ops().stream()
                .filter(op -> op.phase() == Phase.RECORDS_WRITTEN)
                .forEach(op -> strays.remove(op.write().path()));
    }

    void turn() {
        owed.refresh();
        List<ZkWrite> notified = notifications.removals();
        owed.send();
        List<Op<Object>> ops = new ArrayList<>();
        refusals.take().forEach(write -> ops.add(op(write)));
        List<Op<Object>> settlements = requests.settlements().take();
        ops.addAll(settlements);
        ops.addAll(kept.take());
        notified.forEach(write -> ops.add(op(write)));
        ops.addAll(owed.removals());
        strays.forEach(path -> ops.add(op(ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        if (!ops.isEmpty()) {
            perform(ops, settlements);
        }
        undeleted();
        for (ZkException closed : store.takeClosed()) {
            if (named.add(closed.getMessage())) {
                context.listener().warning(closed.getMessage());
            }
        }
        if (store.takeMissing()) {
            toRead.roots();
        }
    }

    private void perform(List<Op<Object>> ops, List<Op<Object>> settlements) {
        Set<Object> failed = tooLarge(ops);
        ops.removeIf(op -> op.owners().stream().anyMatch(failed::contains));
        failed.addAll(store.settle(ops));
        refusals.written(failed);
        kept.written(failed);
        requests.settlements().written(settlements, failed);
        owed.removed(failed);
        notifications.removed();
        strays.clear();
        if (!failed.isEmpty()) {
            context.timers()
                    .after(context.settings().retryDelay(), () -> context.loop().mark(() -> {}));
        } else if (requests.settlements().hasDue()) {
            context.loop().mark(() -> {}); // the rest of a request with very many answers
        }
    }

    /** Warns of znodes that could only be emptied; owed deletes are read again if one of them is theirs. */
    private void undeleted() {
        store.takeUndeleted().forEach((path, emptied) -> {
            if (path.startsWith(OwedDeletes.ROOT + "/")) {
                toRead.owedDeletes();
            }
            if (emptied) {
                odd.hasChildren(path);
            }
        });
    }

    /** Owners of writes over ZooKeeper's size limit, which would break the connection if they were sent. */
    private Set<Object> tooLarge(List<Op<Object>> ops) {
        Set<Object> owners = new HashSet<>();
        for (Op<Object> op : ops) {
            if (!op.fits()) {
                owners.addAll(op.owners());
                if (tooLarge.add(op.write().path())) {
                    context.listener()
                            .warning("finished entries cannot be removed from "
                                    + op.write().path() + ": "
                                    + OversizeCheck.sentence(op.write())
                                    + "; delete the znode once none of its other entries is needed");
                }
            }
        }
        return owners;
    }

    private static Op<Object> op(ZkWrite write) {
        return new Op<>(Phase.HOUSEKEEPING, Set.of(write.path()), write);
    }
}
