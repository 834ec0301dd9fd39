package org.reassign.core.meter;

import java.util.HashSet;
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

    private final Tally tally;
    private final Set<Watcher> watchers = new HashSet<>();
    private boolean ended;

    OutstandingWatches(Tally tally) {
        this.tally = tally;
    }

    /** Counts a watch from now on, unless it is outstanding already. */
    synchronized Watch add(Kind kind, String path, Consumer<ZkEvent> watcher) {
        Watcher counting = new Watcher(this, kind, path, watcher);
        boolean fresh = !ended && watchers.add(counting);
        if (fresh) {
            tally.watches(1);
        }
        return new Watch(counting, fresh);
    }

    /** Forgets all: the session is over. */
    synchronized void end() {
        ended = true;
        tally.watches(-watchers.size());
        watchers.clear();
    }

    private synchronized void remove(Watcher watcher) {
        if (watchers.remove(watcher)) {
            tally.watches(-1);
        }
    }

    /** A registration under way. */
    record Watch(Watcher watcher, boolean fresh) {
        /** Takes back what was counted where the call left no watch. */
        void settle(boolean stands) {
            if (!stands && fresh) {
                watcher.owner().remove(watcher);
            }
        }
    }

    /** What is registered in place of the watch; equal for the same watch, so that the port sees it as the same. */
    record Watcher(OutstandingWatches owner, Kind kind, String path, Consumer<ZkEvent> watch)
            implements Consumer<ZkEvent> {
        @Override
        public void accept(ZkEvent event) {
            if (kind != Kind.RECURSIVE) {
                owner.remove(this);
            }
            owner.tally.watchEvent();
            watch.accept(event);
        }
    }
}
