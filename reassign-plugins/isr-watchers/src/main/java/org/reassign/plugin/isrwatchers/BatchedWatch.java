package org.reassign.plugin.isrwatchers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.reassign.api.codec.IsrNotificationJson;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.IsrWatcher.IsrReport;
import org.reassign.api.spi.IsrWatcher.IsrWatch;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * A child watch on the notifications. The core's thread adds and removes, the port's threads (or the core's, where a
 * stage completes before the call returns) bring events and reads; what they share is the two sets and the {@link
 * Arming}.
 *
 * <p>A listing or read that fails is made up for by {@link #reread()}, which the core calls after a lost connection, or
 * by the next notification: what was listed and could not be read counts as not listed.
 */
final class BatchedWatch implements IsrWatch {
    private final ZkReader zk;
    private final Consumer<IsrReport> reports;
    private final Arming arming = new Arming();
    /** One object, so that it stays one watch however often the notifications are listed. */
    private final Consumer<ZkEvent> watch;

    private final Set<TopicPartition> added = ConcurrentHashMap.newKeySet();
    /** Notifications that are being read, or were read and wait for the core to delete them. */
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    private volatile CompletableFuture<Void> listed = new CompletableFuture<>();
    /** Whether notifications may have gone unread with their parent: then all states are read once it is there again. */
    private volatile boolean missed;

    private volatile boolean closed;

    BatchedWatch(ZkReader zk, Consumer<IsrReport> reports) {
        this.zk = zk;
        this.reports = reports;
        this.watch = this::fired;
    }

    @Override
    public CompletionStage<SortedMap<TopicPartition, Optional<ZkNode>>> add(Collection<TopicPartition> partitions) {
        added.addAll(partitions);
        if (arming.isDown()) {
            list();
        }
        return States.plain(listed.thenCombine(States.read(zk, partitions), (armed, read) -> read));
    }

    @Override
    public void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(added::remove);
    }

    @Override
    public void reread() {
        taken.clear(); // their parent may have been made again unseen, and names begin again
        missed = false;
        list();
        brokersChanged();
    }

    @Override
    public void brokersChanged() {
        // A failure means a lost connection: the core calls reread() when it is back.
        States.read(zk, List.copyOf(added)).thenAccept(states -> report(states, List.of()));
    }

    @Override
    public void close() {
        closed = true;
        added.clear();
        zk.unwatch(IsrNotification.ROOT, watch);
    }

    private void report(SortedMap<TopicPartition, Optional<ZkNode>> states, List<String> notifications) {
        SortedMap<TopicPartition, Optional<ZkNode>> wanted = new TreeMap<>(states);
        wanted.keySet().retainAll(added);
        if (!closed && !(wanted.isEmpty() && notifications.isEmpty())) {
            reports.accept(new IsrReport(wanted, notifications));
        }
    }

    /** Arms the child watch and takes the notifications that are there. */
    void list() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        listed = done;
        long number = arming.begin();
        zk.getChildren(IsrNotification.ROOT, watch).whenComplete((names, failure) -> {
            if (failure != null) {
                arming.failed(number);
                done.completeExceptionally(failure);
                return;
            }
            if (names.isEmpty()) {
                taken.clear();
                missed = true;
                awaitRoot(number, done);
                return;
            }
            take(number, names.get());
            done.complete(null);
            if (missed) {
                missed = false;
                brokersChanged();
            }
            if (closed) { // the watch that this listing left came after the closing
                zk.unwatch(IsrNotification.ROOT, watch);
            }
        });
    }

    /** Without the parent, which Kafka's controllers create, there is no child watch: waits for it. */
    private void awaitRoot(long number, CompletableFuture<Void> done) {
        zk.getData(IsrNotification.ROOT, watch).whenComplete((node, failure) -> {
            if (failure != null) {
                arming.failed(number);
                done.completeExceptionally(failure);
                return;
            }
            done.complete(null);
            if (node.isPresent()) {
                zk.unwatch(IsrNotification.ROOT, watch);
                fired();
            } else if (!closed) {
                reports.accept(new IsrReport(new TreeMap<>(), List.of()));
            }
        });
    }

    /** Below a parent that is made again, names begin again. */
    private void fired(ZkEvent event) {
        if (event.type() == ZkEvent.Type.DELETED) {
            taken.clear();
        }
        fired();
    }

    private void fired() {
        if (!closed) {
            list();
        }
    }

    private void take(long number, List<String> names) {
        // A newer listing knows better what has been deleted.
        if (closed || !arming.counts(number)) {
            return;
        }
        taken.retainAll(new HashSet<>(names));
        List<String> fresh =
                names.stream().filter(taken::add).sorted(IsrNotification.ORDER).toList();
        read(fresh, number);
    }

    /** Reads notifications that are taken; a listing that came since has passed them over, so a failure is for it, too. */
    private void read(List<String> names, long number) {
        if (closed || names.isEmpty()) {
            return;
        }
        readNotifications(names).whenComplete((done, failure) -> {
            if (failure == null) {
                return;
            }
            names.forEach(taken::remove);
            if (!arming.counts(number)) {
                read(names.stream().filter(taken::add).toList(), arming.newest());
            }
        });
    }

    private CompletionStage<Void> readNotifications(List<String> names) {
        Map<String, CompletableFuture<Optional<ZkNode>>> reads = new TreeMap<>(IsrNotification.ORDER);
        for (String name : names) {
            String path = IsrNotification.ROOT + "/" + name;
            reads.put(path, zk.getData(path).toCompletableFuture());
        }
        return States.all(reads.values())
                .thenCompose(done -> States.read(zk, named(reads.values())))
                .thenAccept(states -> report(states, present(reads)));
    }

    /** Those that were there: one that was gone may come again under its name. */
    private List<String> present(Map<String, CompletableFuture<Optional<ZkNode>>> reads) {
        List<String> present = new ArrayList<>();
        reads.forEach((path, read) -> {
            if (read.join().isPresent()) {
                present.add(path);
            } else {
                taken.remove(path.substring(IsrNotification.ROOT.length() + 1));
            }
        });
        return present;
    }

    /** What the notifications name and is added; all that is added where one cannot be read. */
    private Set<TopicPartition> named(Collection<CompletableFuture<Optional<ZkNode>>> notifications) {
        Set<TopicPartition> named = new HashSet<>();
        for (CompletableFuture<Optional<ZkNode>> notification : notifications) {
            Optional<String> text = notification.join().map(ZkNode::text);
            named.addAll(text.map(json -> IsrNotificationJson.partitions(json).orElse(added))
                    .orElse(Set.of()));
        }
        named.retainAll(added);
        return named;
    }
}
