package org.reassign.core.lead;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.codec.IsrNotificationJson;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Observation;
import org.reassign.core.observe.LogDirNotificationJson;
import org.reassign.core.observe.StateObserver;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Await;

/**
 * The notifications of ISR changes and of failed log directories, which only the controller deletes. An ISR watcher finds those that it reads; the
 * others are listed here. Where the controller looks after the whole cluster, it has the states read that they name, so
 * that brokers hear of ISR changes outside reassignments; and a broker that has lost a log directory is told of all its
 * replicas again, since its answers say which of them are lost (Kafka's {@code onBrokerLogDirFailure}).
 */
final class Notifications {
    private final TermContext context;
    private final CurrentImage image;
    private final ToRead toRead;
    private final Runnable withdraw;
    private final boolean listed;
    private final Consumer<ZkEvent> changed;
    private final Set<String> found = new TreeSet<>();

    /** {@code withdraw} is called before a notification is deleted that must not be lost with this controller. */
    Notifications(TermContext context, CurrentImage image, ToRead toRead, Runnable withdraw) {
        this.context = context;
        this.image = image;
        this.toRead = toRead;
        this.withdraw = withdraw;
        this.listed = !context.plugins().watcher().plugin().readsNotifications();
        this.changed = event -> context.loop().mark(toRead::notifications);
    }

    /** The ISR watcher has read these. */
    void found(Collection<String> paths) {
        found.addAll(paths);
    }

    /** Their parent was made again, and names begin again: what was found may be another one now. */
    void renamed(StateObserver states) {
        found.clear();
        if (!listed) {
            states.reread();
        }
    }

    /** Whether none waits to be deleted. */
    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The deletions that are due, once it is known what has to be read for them. */
    List<ZkWrite> removals() {
        boolean due = toRead.takeNotifications();
        if (due && listed) {
            found.addAll(list(Roots.NOTIFICATIONS));
        }
        if (context.wholeCluster()) {
            read(found).forEach(this::named);
        }
        if (due && context.wholeCluster()) {
            SortedMap<String, ZkNode> events = read(list(Roots.LOG_DIR_EVENTS));
            if (!events.isEmpty()) {
                withdraw.run();
            }
            events.forEach(this::logDirFailed);
            found.addAll(events.keySet());
        }
        return found.stream()
                .map(path -> ZkWrite.delete(path, ZkWrite.ANY_VERSION))
                .toList();
    }

    /** The deletions were tried: one that failed is gone already. */
    void removed() {
        found.clear();
    }

    private List<String> list(String root) {
        Optional<List<String>> names = Await.done(context.zk().getChildren(root, changed));
        if (names.isEmpty()) {
            toRead.roots();
            toRead.notifications();
        }
        return names.orElse(List.of()).stream().map(name -> root + "/" + name).toList();
    }

    private SortedMap<String, ZkNode> read(Collection<String> paths) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        paths.forEach(path -> reads.put(path, context.zk().getData(path)));
        SortedMap<String, ZkNode> read = new TreeMap<>();
        reads.forEach((path, answer) -> Await.done(answer).ifPresent(node -> read.put(path, node)));
        return read;
    }

    /** {@code {"version":1,"broker":3,"event":1}}. */
    private void logDirFailed(String path, ZkNode node) {
        OptionalInt broker = LogDirNotificationJson.broker(node.text());
        if (broker.isEmpty()) {
            warnOfUnused(path, "a broker");
        }
        broker.ifPresent(id -> image.observe(new Observation.LogDirFailed(id)));
    }

    private void warnOfUnused(String path, String what) {
        context.listener().warning(path + " does not name " + what + " as brokers write it; it is deleted unused");
    }

    /** Of partitions in flight the ISR watcher tells. */
    private void named(String path, ZkNode node) {
        Optional<Set<TopicPartition>> named = IsrNotificationJson.partitions(node.text());
        if (named.isEmpty()) {
            warnOfUnused(path, "partitions");
        }
        toRead.states(named.orElse(Set.of()).stream()
                .filter(partition -> image.get().record(partition).isEmpty())
                .toList());
    }
}
