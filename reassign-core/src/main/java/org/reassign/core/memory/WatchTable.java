package org.reassign.core.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.reassign.api.zk.ZkEvent;

/**
 * The watches of all sessions. As in ZooKeeper's client the watches of a path are a set: the same watcher registered
 * twice is called once. Guarded by the server's lock.
 */
final class WatchTable {
    /** What a watch looks at. */
    enum Kind {
        DATA,
        CHILDREN,
        RECURSIVE
    }

    /** One watch. */
    record Watch(MemorySession session, Kind kind, String path, Consumer<ZkEvent> watcher) {}

    /** A watch that fired, and its event. */
    record Fired(Watch watch, ZkEvent event) {}

    private final Map<String, Set<Watch>> data = new HashMap<>();
    private final Map<String, Set<Watch>> children = new HashMap<>();
    private final Map<String, Set<Watch>> recursive = new HashMap<>();

    void add(Watch watch) {
        table(watch.kind())
                .computeIfAbsent(watch.path(), p -> new LinkedHashSet<>(2))
                .add(watch);
        watch.session().watches.add(watch);
    }

    void remove(Watch watch) {
        table(watch.kind()).computeIfPresent(watch.path(), (path, set) -> {
            set.remove(watch);
            return set.isEmpty() ? null : set;
        });
        watch.session().watches.remove(watch);
    }

    /** Forgets every watch of a session. */
    void removeAll(MemorySession session) {
        List.copyOf(session.watches).forEach(this::remove);
    }

    /**
     * Takes out what a change fires for sessions that hear of it, in ZooKeeper's order: data, recursive, the znode's
     * child watches, its parent's.
     */
    List<Fired> fire(ZkEvent change, Predicate<MemorySession> hears) {
        List<Fired> fired = new ArrayList<>();
        take(data, change.path(), change, fired, hears);
        tellRecursive(change, fired, hears);
        if (change.type() == ZkEvent.Type.CHANGED) {
            return fired;
        }
        if (change.type() == ZkEvent.Type.DELETED) {
            take(children, change.path(), change, fired, hears);
        }
        String parent = ZnodeTree.parent(change.path());
        take(children, parent, new ZkEvent(ZkEvent.Type.CHILDREN, parent), fired, hears);
        return fired;
    }

    private static void take(
            Map<String, Set<Watch>> table,
            String path,
            ZkEvent event,
            List<Fired> fired,
            Predicate<MemorySession> hears) {
        Set<Watch> watches = table.getOrDefault(path, Set.of());
        for (Iterator<Watch> each = watches.iterator(); each.hasNext(); ) {
            Watch watch = each.next();
            if (hears.test(watch.session())) {
                each.remove();
                watch.session().watches.remove(watch);
                fired.add(new Fired(watch, event));
            }
        }
        table.computeIfPresent(path, (p, left) -> left.isEmpty() ? null : left);
    }

    private void tellRecursive(ZkEvent change, List<Fired> fired, Predicate<MemorySession> hears) {
        if (recursive.isEmpty()) {
            return;
        }
        String path = change.path();
        while (true) {
            for (Watch watch : recursive.getOrDefault(path, Set.of())) {
                if (hears.test(watch.session())) {
                    fired.add(new Fired(watch, change));
                }
            }
            if (path.equals("/")) {
                return;
            }
            path = ZnodeTree.parent(path);
        }
    }

    private Map<String, Set<Watch>> table(Kind kind) {
        return switch (kind) {
            case DATA -> data;
            case CHILDREN -> children;
            case RECURSIVE -> recursive;
        };
    }
}
