package org.reassign.zk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.packet.PacketSize;

/** One session, see {@link CuratorSessions}. */
final class CuratorPort implements ZkPort {
    private static final int OK = KeeperException.Code.OK.intValue();

    private final String actor;
    private final CuratorFramework client;
    private final ZooKeeper handle;
    private final Writes writes;
    private final int chrootBytes;
    private final OneShotWatches watches;
    private final List<Consumer<SessionEvent>> listeners = new ArrayList<>();
    private volatile boolean ended;

    CuratorPort(String actor, CuratorFramework client, ZooKeeper handle, String chroot, List<ACL> acl) {
        this.actor = actor;
        this.client = client;
        this.handle = handle;
        this.watches = new OneShotWatches(handle);
        this.writes = new Writes(handle, chroot, acl);
        this.chrootBytes = chroot.getBytes(StandardCharsets.UTF_8).length;
        client.getConnectionStateListenable().addListener((curator, state) -> changed(state));
        if (!handle.getState().isAlive()) {
            expired();
        }
    }

    /** The id by which the server knows the session. */
    long sessionId() {
        return handle.getSessionId();
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return call(
                path,
                answer -> handle.getData(
                        path,
                        false,
                        (code, p, context, data, stat) -> Replies.completeRead(answer, code, path, data, stat),
                        null));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return call(path, answer -> watches.getData(path, watch, answer));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return call(
                path,
                answer -> handle.getChildren(
                        path, false, (code, p, context, names) -> Replies.complete(answer, code, path, names), null));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return call(path, answer -> watches.getChildren(path, watch, answer));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return call(
                path,
                answer -> handle.exists(
                        path,
                        false,
                        (code, p, context, stat) ->
                                Replies.complete(answer, code, path, code == OK ? Replies.stat(stat) : null),
                        null));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        watches.recursive(path);
        return call(
                path,
                answer -> handle.addWatch(
                        path,
                        new RecursiveWatch(this, watch),
                        AddWatchMode.PERSISTENT_RECURSIVE,
                        (code, p, context) -> {
                            if (code == OK) {
                                answer.complete(null);
                                return;
                            }
                            answer.completeExceptionally(KeeperFailure.of(code, path));
                        },
                        null));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return call(path, answer -> watches.unwatch(path, watch, answer));
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> given) {
        List<ZkWrite> copy = List.copyOf(given);
        String first = copy.isEmpty() ? "/" : copy.get(0).path();
        return call(first, answer -> {
            if (!PacketSize.fits(copy, chrootBytes)) {
                answer.completeExceptionally(new ZkException(Code.TOO_LARGE, first, 0));
                return;
            }
            writes.commit(copy, answer);
        });
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        synchronized (listeners) {
            if (!ended) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(SessionEvent.LOST);
    }

    @Override
    public void close() {
        if (end()) {
            client.close();
            tell(SessionEvent.LOST);
        }
    }

    @Override
    public String toString() {
        return "session of " + actor;
    }

    private void changed(ConnectionState state) {
        switch (state) {
            case SUSPENDED -> tellUnlessEnded(SessionEvent.SUSPENDED);
            case RECONNECTED -> tellUnlessEnded(SessionEvent.RECONNECTED);
            case LOST -> expired();
            case CONNECTED, READ_ONLY -> {}
        }
    }

    /** Curator cannot be closed on its own listener's thread. */
    private void expired() {
        if (end()) {
            tell(SessionEvent.LOST);
            Thread closing = new Thread(client::close, "close " + this);
            closing.setDaemon(true);
            closing.start();
        }
    }

    private boolean end() {
        synchronized (listeners) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        watches.disarm();
        return true;
    }

    private void tellUnlessEnded(SessionEvent event) {
        if (!ended) {
            tell(event);
        }
    }

    private void tell(SessionEvent event) {
        List<Consumer<SessionEvent>> told;
        synchronized (listeners) {
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(event));
    }

    /** Makes a call; ZooKeeper's client throws where a path is malformed. */
    private <T> CompletionStage<T> call(String path, Consumer<CompletableFuture<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (ended) {
            answer.completeExceptionally(new ZkException(Code.SESSION_EXPIRED, path, 0));
            return answer;
        }
        try {
            call.accept(answer);
        } catch (IllegalArgumentException e) {
            answer.completeExceptionally(new ZkException(Code.OTHER, path, 0, e));
        }
        return answer;
    }
}
