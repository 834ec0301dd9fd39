package org.reassign.core.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkEvent.Type;

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

    /** A watch that fired, and what it is told. */
    record Fired(Watch watch, ZkEvent event) {}

    private final Map<String, Set<Watch>> data = new HashMap<>();
    private final Map<String, Set<Watch>> children = new HashMap<>();
    private final Map<String, Set<Watch>> recursive = new HashMap<>();

    void add(Watch watch) {
        table(watch.kind()).computeIfAbsent(watch.path(), p -> new LinkedHashSet<>(2)).add(watch);
        watch.session().watches.add(watch);
    }

    /** Forgets every watch of a session. */
    void removeAll(MemorySession session) {
        for (Watch watch : session.watches) {
            table(watch.kind()).computeIfPresent(watch.path(), (path, set) -> {
                set.remove(watch);
                return set.isEmpty() ? null : set;
            });
        }
        session.watches.clear();
    }

    /** Takes out what a change fires, in ZooKeeper's order: data, recursive, the znode's child watches, its parent's. */
    List<Fired> fire(ZkEvent change) {
        List<Fired> fired = new ArrayList<>();
        take(data, change.path(), change, fired);
        tellRecursive(change, fired);
        if (change.type() == Type.CHANGED) {
            return fired;
        }
        if (change.type() == Type.DELETED) {
            take(children, change.path(), change, fired);
        }
        String parent = ZnodeTree.parent(change.path());
        take(children, parent, new ZkEvent(Type.CHILDREN, parent), fired);
        return fired;
    }

    private static void take(Map<String, Set<Watch>> table, String path, ZkEvent event, List<Fired> fired) {
        Set<Watch> watches = table.remove(path);
        if (watches == null) {
            return;
        }
        for (Watch watch : watches) {
            watch.session().watches.remove(watch);
            fired.add(new Fired(watch, event));
        }
    }

    private void tellRecursive(ZkEvent change, List<Fired> fired) {
        if (recursive.isEmpty()) {
            return;
        }
        String path = change.path();
        while (true) {
            for (Watch watch : recursive.getOrDefault(path, Set.of())) {
                fired.add(new Fired(watch, change));
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
