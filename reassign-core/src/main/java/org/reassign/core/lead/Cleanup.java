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
import org.reassign.core.store.Await;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.OwedDelete;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;

/** What a turn writes beside the partitions: refusals, settled requests, read notifications, paid debts. */
final class Cleanup {
    private static final String DEBTS = "debts";

    private final TermContext mandate;
    private final ZkPort zk;
    private final Store store;
    private final ClusterState cluster;
    private final Requests requests;
    private final Refusals refusals;
    private final BrokerQueues lines;

    private final Set<String> notifications = new TreeSet<>();
    private final Set<OwedDelete> paid = new LinkedHashSet<>();
    private final Set<Integer> debtsDue = new TreeSet<>();
    private final Set<String> unreadable = new TreeSet<>();
    /** Znodes that would be too large if they were rewritten; said once. */
    private final Set<String> outgrown = new TreeSet<>();

    private final boolean sweeps;
    /** One object, so that it stays one watch however often the notifications are listed. */
    private final Consumer<ZkEvent> notificationsCame;

    private boolean notificationsStale;
    private boolean debtTimer;

    Cleanup(
            TermContext mandate,
            Store store,
            ClusterState cluster,
            Requests requests,
            Refusals refusals,
            BrokerQueues lines) {
        this.mandate = mandate;
        this.zk = mandate.zk();
        this.store = store;
        this.cluster = cluster;
        this.requests = requests;
        this.refusals = refusals;
        this.lines = lines;
        this.notificationsCame = event -> mandate.loop().mark(() -> notificationsStale = true);
        this.sweeps = !mandate.plugins().watcher().plugin().readsNotifications();
    }

    /** Recovery: reads the debts; notifications are swept where the watcher does not read them itself. */
    void begin() {
        notificationsStale = sweeps;
        loadDebts();
    }

    void invalidate() {
        notificationsStale = sweeps;
    }

    /** Reads what is owed; a broker's empty parent is to go. */
    void loadDebts() {
        cluster.debtsStale = false;
        OwedDeletes read = new OwedDeletes();
        for (String broker : children(OwedDeletes.ROOT)) {
            List<String> chunks = children(OwedDeletes.ROOT + "/" + broker);
            if (chunks.isEmpty()) {
                cluster.leftBehind.add(OwedDeletes.ROOT + "/" + broker);
            }
            for (String chunk : chunks) {
                String path = OwedDeletes.ROOT + "/" + broker + "/" + chunk;
                Optional<ZkNode> node = Await.done(zk.getData(path));
                node.filter(found -> !read.load(path, found.text()) && unreadable.add(path))
                        .ifPresent(found -> mandate.listener()
                                .warning(path + " holds no owed deletions that can be read, and is left; delete it once"
                                        + " broker " + broker + " holds nothing that it should not"));
            }
        }
        cluster.owed = read;
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
        cluster.owed.of(broker).stream()
                .filter(debt -> debt.partition().equals(partition))
                .forEach(paid::add);
    }

    boolean idle() {
        return notifications.isEmpty()
                && paid.isEmpty()
                && cluster.owed.all().stream().noneMatch(debt -> cluster.live.containsKey(debt.broker()));
    }

    void turn() {
        if (cluster.debtsStale) {
            loadDebts();
        }
        sweepNotifications();
        payDebts();
        List<Op<Object>> ops = new ArrayList<>();
        refusals.take().forEach(write -> ops.add(op(write.path(), write)));
        List<Op<Object>> settlements = requests.housekeeping();
        ops.addAll(settlements);
        notifications.forEach(path -> ops.add(op(path, ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        OwedDeletes.Change debts = cluster.owed.remove(paid);
        debts.writes().forEach(write -> ops.add(op(DEBTS, write)));
        cluster.leftBehind.forEach(path -> ops.add(op(path, ZkWrite.delete(path, ZkWrite.ANY_VERSION))));
        if (!ops.isEmpty()) {
            Set<Object> failed = tooLarge(ops);
            ops.removeIf(op -> op.owners().stream().anyMatch(failed::contains));
            failed.addAll(store.settle(ops));
            requests.housekept(settlements, failed);
            finish(debts, failed);
        }
    }

    /** Whose writes ZooKeeper would not take, or not give back: sent all the same they would break the connection. */
    private Set<Object> tooLarge(List<Op<Object>> ops) {
        Set<Object> owners = new HashSet<>();
        for (Op<Object> op : ops) {
            if (!op.fits()) {
                owners.addAll(op.owners());
                if (outgrown.add(op.write().path())) {
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
        cluster.leftBehind.clear();
        paid.clear();
        if (failed.contains(DEBTS)) {
            loadDebts();
        } else {
            cluster.owed.apply(debts);
        }
        if (!failed.isEmpty()) {
            again(1, () -> {});
        }
    }

    private void sweepNotifications() {
        if (notificationsStale) {
            notificationsStale = false;
            Await.done(zk.getChildren(Roots.NOTIFICATIONS, notificationsCame))
                    .orElse(List.of())
                    .forEach(name -> notifications.add(Roots.NOTIFICATIONS + "/" + name));
        }
    }

    /** A debt whose broker is a replica again is struck; the others are sent. Live brokers are tried again later. */
    private void payDebts() {
        for (int broker : debtsDue) {
            for (OwedDelete debt : cluster.owed.of(broker)) {
                if (cluster.unreadable(debt.partition().topic())) {
                    continue; // it may be a replica again
                }
                if (cluster.assigned(debt.partition()).orElse(Replicas.NONE).contains(broker)) {
                    paid.add(debt);
                } else {
                    lines.stop(broker, new StopPartition(debt.partition(), debt.leaderEpoch(), true));
                }
            }
        }
        debtsDue.clear();
        boolean owedByLive = cluster.owed.all().stream().anyMatch(debt -> cluster.live.containsKey(debt.broker()));
        if (owedByLive && !debtTimer) {
            debtTimer = true;
            again(10, this::tryAgain);
        }
    }

    private void tryAgain() {
        debtTimer = false;
        cluster.owed.all().forEach(debt -> debtsDue.add(debt.broker()));
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
