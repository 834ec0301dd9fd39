package org.reassign.core.lead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Await;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.OwedDelete;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** What a turn writes beside the partitions: refusals, settled requests, read notifications, paid debts. */
final class Cleanup {
    private static final String DEBTS = "debts";

    private final TermContext mandate;
    private final ZkPort zk;
    private final Store store;
    private final CurrentImage image;
    private final ToRead toRead;
    private final Requests requests;
    private final Refusals refusals;
    private final OddZnodes odd;
    private final BrokerQueues lines;

    /** Znodes of ours that mean nothing any more, in the order of removal. */
    private final Set<String> strays = new LinkedHashSet<>();

    private final Set<String> notifications = new TreeSet<>();
    private final Set<OwedDelete> paid = new LinkedHashSet<>();
    private final Set<Integer> debtsDue = new TreeSet<>();
    /** Znodes that something was said of: that is done once. */
    private final Set<String> said = new HashSet<>();

    private final boolean sweeps;
    private final Consumer<ZkEvent> notified;
    private OwedDeletes owed = new OwedDeletes();
    private boolean debtTimer;

    Cleanup(
            TermContext mandate,
            Store store,
            CurrentImage image,
            ToRead toRead,
            Requests requests,
            Refusals refusals,
            OddZnodes odd,
            BrokerQueues lines) {
        this.mandate = mandate;
        this.zk = mandate.zk();
        this.store = store;
        this.image = image;
        this.toRead = toRead;
        this.requests = requests;
        this.refusals = refusals;
        this.odd = odd;
        this.lines = lines;
        this.notified = event -> mandate.loop().mark(toRead::notifications);
        this.sweeps = !mandate.plugins().watcher().plugin().readsNotifications();
    }

    /** What is owed now. */
    OwedDeletes owed() {
        return owed;
    }

    /** A znode of ours means nothing any more. */
    void stray(String path) {
        strays.add(path);
    }

    /** Reads what is owed; a broker's empty parent is to go. */
    void loadDebts() {
        OwedDeletes read = new OwedDeletes();
        for (String broker : children(OwedDeletes.ROOT)) {
            boolean some = false;
            for (String chunk : children(OwedDeletes.ROOT + "/" + broker)) {
                some |= load(OwedDeletes.ROOT + "/" + broker + "/" + chunk, broker, read);
            }
            if (!some) {
                strays.add(OwedDeletes.ROOT + "/" + broker);
            }
        }
        owed = read;
    }

    /** Reads what is owed, if it may have changed. */
    void refresh() {
        if (toRead.takeOwedDeletes()) {
            loadDebts();
        }
    }

    /** A turn's writes are done: what is owed is known, or, where a record was not written, read again. */
    void written(TurnPlan plan, Store.Outcome outcome) {
        if (outcome.records().isEmpty()) {
            owed.apply(plan.owedAdded());
            owed.apply(plan.owedRemoved());
        } else {
            toRead.owedDeletes(); // one may have failed with the record that it was written for
        }
    }

    /** Whether the chunk stays: one that was emptied because it had children goes once these are gone. */
    private boolean load(String path, String broker, OwedDeletes read) {
        Optional<ZkNode> node = Await.done(zk.getData(path));
        if (node.filter(Cleanup::meansNothing).isPresent()) {
            strays.add(path);
            return false;
        }
        if (node.isPresent() && !read.load(path, node.get().text()) && said.add(path)) {
            mandate.listener()
                    .warning(path + " holds no owed deletions that can be read, and is left; delete it once"
                            + " broker " + broker + " holds nothing that it should not");
        }
        return node.isPresent();
    }

    private static boolean meansNothing(ZkNode chunk) {
        return chunk.data().length == 0 && chunk.stat().children() == 0;
    }

    void notificationsRead(Collection<String> paths) {
        notifications.addAll(paths);
    }

    /** A broker has registered, or is tried again: what is owed by it is due. */
    void debtsDue(int broker) {
        debtsDue.add(broker);
    }

    /** A broker has deleted a replica. */
    void paid(int broker, TopicPartition partition) {
        paid.addAll(owed.of(broker, partition));
    }

    boolean idle() {
        return notifications.isEmpty() && paid.isEmpty() && !owedByLive();
    }

    private boolean owedByLive() {
        return owed.brokers().stream().anyMatch(image.get().live()::containsKey);
    }

    void turn() {
        refresh();
        sweepNotifications();
        payDebts();
        List<Op<Object>> ops = new ArrayList<>();
        refusals.take().forEach(write -> ops.add(op(write.path(), write)));
        List<Op<Object>> settlements = requests.housekeeping();
        ops.addAll(settlements);
        notifications.forEach(path -> ops.add(op(path, ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        OwedDeletes.Change debts = owed.remove(paid, new OwedDeletes.Change());
        debts.writes().forEach(one -> ops.add(op(DEBTS, one.write())));
        strays.forEach(path -> ops.add(op(path, ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        if (!ops.isEmpty()) {
            Set<Object> failed = tooLarge(ops);
            ops.removeIf(op -> op.owners().stream().anyMatch(failed::contains));
            failed.addAll(store.settle(ops));
            requests.housekept(settlements, failed);
            finish(debts, failed);
        }
        undeleted();
    }

    /** Says what could only be emptied; of a broker's debts it is read again which znodes are left. */
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

    /** Whose writes ZooKeeper would not take, or not give back: sent all the same they would break the connection. */
    private Set<Object> tooLarge(List<Op<Object>> ops) {
        Set<Object> owners = new HashSet<>();
        for (Op<Object> op : ops) {
            if (!op.fits()) {
                owners.addAll(op.owners());
                if (said.add(op.write().path())) {
                    mandate.listener()
                            .warning("what is done of " + op.write().path() + " cannot be taken out of it: "
                                    + OversizeCheck.sentence(op.write())
                                    + "; delete it once nothing else of it is wanted");
                }
            }
        }
        return owners;
    }

    private void finish(OwedDeletes.Change debts, Set<Object> failed) {
        notifications.clear(); // one whose deletion failed is gone already
        strays.clear();
        paid.clear();
        if (failed.contains(DEBTS)) {
            loadDebts();
        } else {
            owed.apply(debts);
        }
        if (!failed.isEmpty()) {
            again(1, () -> {});
        }
    }

    private void sweepNotifications() {
        if (toRead.takeNotifications() && sweeps) {
            Await.done(zk.getChildren(Roots.NOTIFICATIONS, notified))
                    .orElse(List.of())
                    .forEach(name -> notifications.add(Roots.NOTIFICATIONS + "/" + name));
        }
    }

    /** A debt whose broker is a replica again is struck; the others are sent. Live brokers are tried again later. */
    private void payDebts() {
        for (int broker : debtsDue) {
            for (OwedDelete debt : owed.of(broker)) {
                if (image.get().unreadable().contains(debt.partition().topic())) {
                    continue; // it may be a replica again
                }
                if (image.get().assigned(debt.partition()).orElse(Replicas.NONE).contains(broker)) {
                    paid.add(debt);
                } else {
                    lines.stop(broker, new StopPartition(debt.partition(), debt.leaderEpoch(), true));
                }
            }
        }
        debtsDue.clear();
        if (owedByLive() && !debtTimer) {
            debtTimer = true;
            again(10, this::tryAgain);
        }
    }

    private void tryAgain() {
        debtTimer = false;
        debtsDue.addAll(owed.brokers());
    }

    private void again(int delays, Runnable change) {
        Duration delay = mandate.settings().retryDelay().multipliedBy(delays);
        mandate.timers().after(delay, () -> mandate.loop().mark(change));
    }

    private List<String> children(String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }

    private static Op<Object> op(String owner, ZkWrite write) {
        return new Op<>(Phase.HOUSEKEEPING, Set.of(owner), write);
    }
}
