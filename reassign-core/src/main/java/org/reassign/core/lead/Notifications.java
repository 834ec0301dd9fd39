package org.reassign.core.lead;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.observe.NotificationJson;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Await;

/**
 * The notifications of ISR changes, which only the controller deletes. An ISR watcher finds those that it reads; the
 * others are listed here. Where the controller looks after the whole cluster, it has the states read that they name, so
 * that brokers hear of ISR changes outside reassignments.
 */
final class Notifications {
    private final TermContext context;
    private final CurrentImage image;
    private final ToRead toRead;
    private final boolean listed;
    private final Consumer<ZkEvent> changed;
    private final Set<String> found = new TreeSet<>();

    Notifications(TermContext context, CurrentImage image, ToRead toRead) {
        this.context = context;
        this.image = image;
        this.toRead = toRead;
        this.listed = !context.plugins().watcher().plugin().readsNotifications();
        this.changed = event -> context.loop().mark(toRead::notifications);
    }

    /** The ISR watcher has read these. */
    void found(Collection<String> paths) {
        found.addAll(paths);
    }

    /** Whether none waits to be deleted. */
    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The deletions that are due, once it is known what has to be read for them. */
    List<ZkWrite> removals() {
        if (toRead.takeNotifications() && listed) {
            list();
        }
        if (context.wholeCluster()) {
            readNamed();
        }
        return found.stream()
                .map(path -> ZkWrite.delete(path, ZkWrite.ANY_VERSION))
                .toList();
    }

    /** The deletions were tried: one that failed is gone already. */
    void removed() {
        found.clear();
    }

    private void list() {
        Optional<List<String>> names = Await.done(context.zk().getChildren(Roots.NOTIFICATIONS, changed));
        names.orElse(List.of()).forEach(name -> found.add(Roots.NOTIFICATIONS + "/" + name));
        if (names.isEmpty()) {
            toRead.roots();
            toRead.notifications();
        }
    }

    /** Of partitions in flight the ISR watcher tells. */
    private void readNamed() {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        found.forEach(path -> reads.put(path, context.zk().getData(path)));
        reads.forEach((path, answer) -> Await.done(answer).ifPresent(node -> named(path, node)));
    }

    private void named(String path, ZkNode node) {
        Optional<Set<TopicPartition>> named = NotificationJson.decode(node.text());
        if (named.isEmpty()) {
            context.listener().warning(path + " does not name partitions as brokers write them; it is deleted unused");
        }
        toRead.states(named.orElse(Set.of()).stream()
                .filter(partition -> image.get().record(partition).isEmpty())
                .toList());
    }
}
