package org.reassign.zk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.reassign.api.zk.ZkEvent;

/**
 * The one-shot watches of a session that are armed. ZooKeeper keeps watches of its own; this says which of them the
 * owner still waits for, since one whose event was told already (see {@link #fire}) may be left behind there.
 */
final class OneShotWatches {
    /** What a watch looks at. */
    enum Kind {
        DATA,
        CHILDREN
    }

    private final Set<OneShot> armed = ConcurrentHashMap.newKeySet();

    /** What to give to ZooKeeper. Equal for equal arguments, so that its sets hold it once. */
    OneShot watcher(Kind kind, String path, Consumer<ZkEvent> watch) {
        return new OneShot(this, kind, path, watch);
    }

    /** ZooKeeper has registered it: its next event goes to the owner. */
    void arm(OneShot watcher) {
        armed.add(watcher);
    }

    /** Tells the owner of an event, unless the watch is not armed; it is not, afterwards. */
    void fire(OneShot watcher, ZkEvent.Type type) {
        if (armed.remove(watcher)) {
            watcher.watch().accept(new ZkEvent(type, watcher.path()));
        }
    }

    /** The session is over. */
    void disarm() {
        armed.clear();
    }

    /** The type of an event, or null for one about the session. */
    static ZkEvent.Type type(WatchedEvent event) {
        return switch (event.getType()) {
            case NodeCreated -> ZkEvent.Type.CREATED;
            case NodeDataChanged -> ZkEvent.Type.CHANGED;
            case NodeDeleted -> ZkEvent.Type.DELETED;
            case NodeChildrenChanged -> ZkEvent.Type.CHILDREN;
            case None, DataWatchRemoved, ChildWatchRemoved, PersistentWatchRemoved -> null;
        };
    }

    /** One watch at one path. */
    record OneShot(OneShotWatches watches, Kind kind, String path, Consumer<ZkEvent> watch) implements Watcher {
        @Override
        public void process(WatchedEvent event) {
            ZkEvent.Type type = type(event);
            if (type != null) {
                watches.fire(this, type);
            }
        }
    }
}
