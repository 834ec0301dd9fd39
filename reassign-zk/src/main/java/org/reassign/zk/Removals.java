package org.reassign.zk;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;

/**
 * Asks the server to forget watches ({@code removeWatches}, ZooKeeper 3.5). A server that does not know that says so and
 * closes the connection, so it is asked once only.
 */
final class Removals {
    private enum Support {
        UNKNOWN,
        YES,
        NO
    }

    private final ZooKeeper handle;
    private final Set<String> spared = ConcurrentHashMap.newKeySet();
    private volatile Support support = Support.UNKNOWN;

    Removals(ZooKeeper handle) {
        this.handle = handle;
    }

    /** A recursive watch lies here, which servers before 3.9 would remove as well. */
    void spare(String path) {
        spared.add(path);
    }

    /** Removes all one-shot watches of these kinds at a path; completes when all that can be done is done. */
    void send(String path, List<WatcherType> kinds, CompletableFuture<Void> answer) {
        if (kinds.isEmpty() || support == Support.NO || spared.contains(path)) {
            answer.complete(null);
            return;
        }
        AtomicInteger open = new AtomicInteger(kinds.size());
        // Where the client itself forgets the watch, whatever the server says, it hides what the server said.
        boolean clientForgets = support == Support.YES;
        for (WatcherType kind : kinds) {
            handle.removeAllWatches(
                    path,
                    kind,
                    clientForgets,
                    (code, p, context) -> {
                        note(code, path, answer);
                        if (open.decrementAndGet() == 0) {
                            answer.complete(null);
                        }
                    },
                    null);
        }
    }

    private void note(int code, String path, CompletableFuture<Void> answer) {
        if (code == Code.OK.intValue()) {
            support = Support.YES;
        } else if (code == Code.UNIMPLEMENTED.intValue()) {
            support = Support.NO;
        } else if (code != Code.NOWATCHER.intValue() && code != Code.CONNECTIONLOSS.intValue()) {
            answer.completeExceptionally(KeeperFailure.of(code, path));
        }
    }
}
