package org.reassign.core.memory;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** One session with a {@link MemoryZooKeeper}. */
final class MemorySession implements ZkPort {
    final String actor;
    /** Guarded by the server's lock, as the next six. */
    final Set<String> ephemerals = new LinkedHashSet<>();

    final Set<WatchTable.Watch> watches = new HashSet<>();
    final Set<Consumer<SessionEvent>> listeners = new LinkedHashSet<>();
    boolean ended;
    boolean suspended;
    /** Closed by its owner while there was no connection, of which the server has not heard. */
    boolean abandoned;
    /** What its server has not heard of, while it is behind. */
    Optional<Lag> lag = Optional.empty();

    private final MemoryZooKeeper server;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    MemorySession(MemoryZooKeeper server, String actor) {
        this.server = server;
        this.actor = actor;
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return answer(() -> server.getData(this, path, null));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return answer(() -> server.getData(this, path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return answer(() -> server.getChildren(this, path, null));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return answer(() -> server.getChildren(this, path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return answer(() -> server.getData(this, path, null).map(ZkNode::stat));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return answer(() -> server.watchRecursively(this, path, watch));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return answer(() -> {
            synchronized (server) {
                requireOpen(path);
                ZnodeTree.requireLawful(path, 0);
                server.watches.remove(new WatchTable.Watch(this, WatchTable.Kind.DATA, path, watch));
                server.watches.remove(new WatchTable.Watch(this, WatchTable.Kind.CHILDREN, path, watch));
                return null;
            }
        });
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return answer(() -> server.commit(this, writes));
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        server.listen(this, listener);
    }

    @Override
    public void close() {
        server.end(this, true);
    }

    /** The session behind a port that this server has opened. */
    static MemorySession of(ZkPort port, MemoryZooKeeper server) {
        if (!(port instanceof MemorySession session) || session.server != server) {
            throw new IllegalArgumentException(port + " is not a session of this ZooKeeper; pass the port that open"
                    + " returned, without what was wrapped around it");
        }
        return session;
    }

    /** The connection is back: delivers that first, then late events. Returns this, once for each delivery. */
    List<MemorySession> reconnected() {
        suspended = false;
        List<Runnable> late = takeUndelivered();
        listeners.forEach(listener -> post(() -> listener.accept(SessionEvent.RECONNECTED)));
        late.forEach(this::post);
        return Collections.nCopies(listeners.size() + late.size(), this);
    }

    /** Fails as every call does where there is no session any more, or no connection. */
    void requireLive(String path) {
        requireOpen(path);
        if (suspended) {
            throw new ZkException(ZkException.Code.CONNECTION_LOSS, path, 0);
        }
    }

    void requireOpen(String path) {
        if (ended || abandoned) {
            throw new ZkException(ZkException.Code.SESSION_EXPIRED, path, 0);
        }
    }

    /** Appends a delivery; {@link #deliverNext} must be called once for each. */
    void post(Runnable delivery) {
        inbox.add(delivery);
    }

    /** Its owner has closed it while the connection was broken: it ends without an event at the reconnect. */
    void abandon() {
        abandoned = true;
        listeners.clear();
        dropUndelivered();
    }

    /** Forgets what was not delivered yet. */
    void dropUndelivered() {
        inbox.clear();
    }

    /** Takes out what was not delivered yet, in order. */
    List<Runnable> takeUndelivered() {
        List<Runnable> waiting = List.copyOf(inbox);
        inbox.clear();
        return waiting;
    }

    /** Makes the oldest delivery: so the order holds in whatever order the executor runs its tasks. */
    void deliverNext() {
        if (suspended) {
            return;
        }
        Runnable delivery = inbox.poll();
        if (delivery != null) {
            delivery.run();
        }
    }

    @Override
    public String toString() {
        return "session of " + actor;
    }

    private static <T> CompletionStage<T> answer(Supplier<T> call) {
        try {
            return CompletableFuture.completedFuture(call.get());
        } catch (ZkException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
