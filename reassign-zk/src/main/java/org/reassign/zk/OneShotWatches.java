package org.reassign.zk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.common.PathUtils;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;

/**
 * The one-shot watches of a session: the calls that leave them and take them back. ZooKeeper keeps watches of its own;
 * this says which of them the owner still waits for, since one that was told of its event already (see {@link #fire}) or
 * was taken back may be left behind there.
 *
 * <p>ZooKeeper can take back only all watches of a kind that a session has at a path. So its server is asked when the
 * last one goes, and a call that leaves another cannot come between.
 */
final class OneShotWatches {
    private static final int OK = KeeperException.Code.OK.intValue();
    private static final int NO_NODE = KeeperException.Code.NONODE.intValue();

    private record Place(WatcherType kind, String path) {}

    /** One call that is to leave a watch, from then on until the watch fires or is taken back. */
    private static final class Ask {
        final OneShot watcher;
        boolean armed;

        Ask(OneShot watcher) {
            this.watcher = watcher;
        }
    }

    private final ZooKeeper handle;
    private final Removals removals;
    private final Map<Place, List<Ask>> asked = new HashMap<>();

    OneShotWatches(ZooKeeper handle) {
        this.handle = handle;
        this.removals = new Removals(handle);
    }

    synchronized void getData(String path, Consumer<ZkEvent> watch, CompletableFuture<Optional<ZkNode>> answer) {
        Ask ask = ask(WatcherType.Data, path, watch);
        handle.getData(
                path,
                ask.watcher,
                (code, p, context, data, stat) -> {
                    if (code == NO_NODE && watchAbsent(ask, answer)) {
                        return;
                    }
                    settle(ask, code == OK && stat != null);
                    Replies.completeRead(answer, code, path, data, stat);
                },
                null);
    }

    /**
     * Reading an absent znode leaves no watch, so it takes a second call. Where that one finds the znode, it was created
     * in between, perhaps by the owner with a call made after the read: the read still says that it was absent, and the
     * watch, which stood from then on in the owner's eyes, fires.
     */
    private synchronized boolean watchAbsent(Ask ask, CompletableFuture<Optional<ZkNode>> answer) {
        String path = ask.watcher.place.path();
        if (!asked.getOrDefault(ask.watcher.place, List.of()).contains(ask)) {
            return false;
        }
        handle.exists(
                path,
                ask.watcher,
                (code, p, context, stat) -> {
                    settle(ask, code == OK || code == NO_NODE);
                    if (code != OK && code != NO_NODE) {
                        answer.completeExceptionally(KeeperFailure.of(code, path));
                        return;
                    }
                    answer.complete(Optional.empty());
                    if (code == OK) {
                        fire(ask.watcher, ZkEvent.Type.CREATED);
                    }
                },
                null);
        return true;
    }

    synchronized void getChildren(
            String path, Consumer<ZkEvent> watch, CompletableFuture<Optional<List<String>>> answer) {
        Ask ask = ask(WatcherType.Children, path, watch);
        handle.getChildren(
                path,
                ask.watcher,
                (code, p, context, names) -> {
                    settle(ask, code == OK);
                    Replies.complete(answer, code, path, names);
                },
                null);
    }

    /** A recursive watch is about to be added at this path. */
    void recursive(String path) {
        removals.spare(path);
    }

    synchronized void unwatch(String path, Consumer<ZkEvent> watch, CompletableFuture<Void> answer) {
        PathUtils.validatePath(path);
        List<WatcherType> gone = new ArrayList<>();
        for (WatcherType kind : List.of(WatcherType.Data, WatcherType.Children)) {
            if (removeLast(new OneShot(this, new Place(kind, path), watch))) {
                gone.add(kind);
            }
        }
        removals.send(path, gone, answer);
    }

    /** Forgets all asks of a watch; says whether there were some, and none of others. */
    private boolean removeLast(OneShot watcher) {
        List<Ask> here = asked.get(watcher.place);
        if (here == null || !here.removeIf(ask -> ask.watcher.equals(watcher)) || !here.isEmpty()) {
            return false;
        }
        asked.remove(watcher.place);
        return true;
    }

    private Ask ask(WatcherType kind, String path, Consumer<ZkEvent> watch) {
        PathUtils.validatePath(path);
        Ask ask = new Ask(new OneShot(this, new Place(kind, path), watch));
        asked.computeIfAbsent(ask.watcher.place, place -> new ArrayList<>(1)).add(ask);
        return ask;
    }

    /** The call is answered: the watch stands, in place of an equal one, or there is none. */
    private synchronized void settle(Ask ask, boolean stands) {
        List<Ask> here = asked.get(ask.watcher.place);
        if (here == null || !here.contains(ask)) {
            return;
        }
        here.removeIf(other -> stands ? other.armed && other.watcher.equals(ask.watcher) : other == ask);
        ask.armed = stands;
        if (here.isEmpty()) {
            asked.remove(ask.watcher.place);
        }
    }

    /** Tells the owner of an event, unless the watch is not armed; it is not, afterwards. */
    private void fire(OneShot watcher, ZkEvent.Type type) {
        if (disarm(watcher)) {
            watcher.watch.accept(new ZkEvent(type, watcher.place.path()));
        }
    }

    private synchronized boolean disarm(OneShot watcher) {
        List<Ask> here = asked.get(watcher.place);
        boolean wasArmed = here != null && here.removeIf(ask -> ask.armed && ask.watcher.equals(watcher));
        if (wasArmed && here.isEmpty()) {
            asked.remove(watcher.place);
        }
        return wasArmed;
    }

    /** The session is over. */
    synchronized void disarm() {
        asked.clear();
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

    /** One watch at one path. Equal for equal arguments, so that ZooKeeper's sets hold it once. */
    private record OneShot(OneShotWatches watches, Place place, Consumer<ZkEvent> watch) implements Watcher {
        @Override
        public void process(WatchedEvent event) {
            ZkEvent.Type type = type(event);
            if (type != null) {
                watches.fire(this, type);
            }
        }
    }
}
