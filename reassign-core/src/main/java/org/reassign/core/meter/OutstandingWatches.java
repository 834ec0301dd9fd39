package org.reassign.core.meter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;

/** The watches of one session that have not fired yet. */
final class OutstandingWatches {
    /** What a watch looks at. */
    enum Kind {
        DATA,
        CHILDREN,
        RECURSIVE
    }

    private record Place(Kind kind, String path) {}

    private final Tally tally;
    private final Map<Place, Set<Consumer<ZkEvent>>> watches = new HashMap<>();
    private boolean ended;

    OutstandingWatches(Tally tally) {
        this.tally = tally;
    }

    /** Counts a watch from now on, unless it is outstanding already. */
    synchronized Watch add(Kind kind, String path, Consumer<ZkEvent> watch) {
        boolean fresh = !ended
                && watches.computeIfAbsent(new Place(kind, path), place -> new HashSet<>(2))
                        .add(watch);
        if (fresh) {
            tally.watches(1);
        }
        return new Watch(new Watcher(this, kind == Kind.RECURSIVE, path, watch), kind, fresh);
    }

    /** Forgets this one-shot watch at a path, and returns how many removals the server is asked for. */
    synchronized int takeBack(Watcher watcher) {
        int removals = isLast(Kind.DATA, watcher) ? 1 : 0;
        return isLast(Kind.CHILDREN, watcher) ? removals + 1 : removals;
    }

    private boolean isLast(Kind kind, Watcher watcher) {
        return remove(kind, watcher)
                && !watches.containsKey(new Place(kind, watcher.path()))
                && !watches.containsKey(new Place(Kind.RECURSIVE, watcher.path()));
    }

    /** Forgets all: the session is over. */
    synchronized void end() {
        ended = true;
        watches.values().forEach(here -> tally.watches(-here.size()));
        watches.clear();
    }

    private synchronized boolean remove(Kind kind, Watcher watcher) {
        Place place = new Place(kind, watcher.path());
        Set<Consumer<ZkEvent>> here = watches.get(place);
        if (here == null || !here.remove(watcher.watch())) {
            return false;
        }
        tally.watches(-1);
        if (here.isEmpty()) {
            watches.remove(place);
        }
        return true;
    }

    /** A deletion fires watches of data before those of children. */
    private synchronized void fired(Watcher watcher, ZkEvent.Type type) {
        if (type == ZkEvent.Type.CHILDREN || !remove(Kind.DATA, watcher)) {
            remove(Kind.CHILDREN, watcher);
        }
    }

    /** A registration under way. */
    record Watch(Watcher watcher, Kind kind, boolean fresh) {
        /** Takes back what was counted where the call left no watch. */
        void settle(boolean stands) {
            if (!stands && fresh) {
                watcher.owner().remove(kind, watcher);
            }
        }
    }

    /** What is registered in place of the watch; equal for the same watch, so that the port sees it as the same. */
    record Watcher(OutstandingWatches owner, boolean recursive, String path, Consumer<ZkEvent> watch)
            implements Consumer<ZkEvent> {
        @Override
        public void accept(ZkEvent event) {
            if (!recursive) {
                owner.fired(this, event.type());
            }
            owner.tally.watchEvent();
            watch.accept(event);
        }
    }
}
