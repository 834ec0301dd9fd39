package org.reassign.core.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.WatchTable.Kind;
import org.reassign.core.memory.WatchTable.Watch;
import org.reassign.core.packet.PacketSize;

/**
 * A ZooKeeper in memory, without server, network or disk. Versions, zxids (one per transaction, failed ones and sessions
 * use one up as well), sequential names (the number of children that their parent ever had, which survives deletions),
 * ephemeral znodes, transactions and watches are as ZooKeeper has them.
 *
 * <p>Calls take effect, and their stages complete, before they return. Watches and session listeners are called through
 * the executor, one task for each call; a session's are called in the order of the changes whatever the executor's
 * order is, but it must not run two tasks at once. No lock is held then, so a watch may use any session. All methods
 * may be called from any thread.
 *
 * <p>Sizes are those of ZooKeeper's packets, see {@link PacketSize}. A request over {@link ZkPort#MAX_BYTES} is refused
 * with {@link Code#TOO_LARGE} and has no effect. Replies to reads may be of any size.
 */
public final class MemoryZooKeeper implements ZkSessions {
    private final Executor deliveries;
    private final LongSupplier clockMillis;
    private final ZnodeTree tree = new ZnodeTree();
    final WatchTable watches = new WatchTable();
    private final Set<MemorySession> sessions = new LinkedHashSet<>();
    private long zxid;

    /**
     * An empty ZooKeeper.
     *
     * @param deliveries runs watches and session listeners: a simulation's scheduler, or a single thread
     * @param clockMillis what znodes get as time of their last change, epoch milliseconds
     */
    public MemoryZooKeeper(Executor deliveries, LongSupplier clockMillis) {
        this.deliveries = deliveries;
        this.clockMillis = clockMillis;
    }

    @Override
    public synchronized ZkPort open(String actor) {
        MemorySession session = new MemorySession(this, actor);
        sessions.add(session);
        zxid++;
        return session;
    }

    /**
     * Lets a session expire, as a server does that has heard nothing of its client for too long: its ephemeral znodes
     * go in one transaction, its watches go, its listeners get {@link SessionEvent#LOST} after the watches that
     * fired before, later calls fail with {@link Code#SESSION_EXPIRED}. Nothing happens where it has ended already.
     *
     * @throws IllegalArgumentException where this ZooKeeper did not open the port
     */
    public void expire(ZkPort port) {
        end(MemorySession.of(port, this), false);
    }

    /** Lets every session of an actor expire, see {@link #expire(ZkPort)}. */
    public void expireAll(String actor) {
        sessionsOf(actor).forEach(session -> end(session, false));
    }

    private synchronized List<MemorySession> sessionsOf(String actor) {
        return sessions.stream().filter(s -> s.actor.equals(actor)).toList();
    }

    /** Paths of read-only znodes, as with the ACL {@code world:anyone:r}; may be changed at any time. */
    public Set<String> readOnly() {
        return tree.readOnly;
    }

    /**
     * Breaks a session's connection: its listeners get {@link SessionEvent#SUSPENDED}, calls fail with {@link
     * Code#CONNECTION_LOSS} and without effect, and its watches, which stand, are called when the connection is back.
     * The session does not expire by itself. A port that is closed then leaves its ephemeral znodes until {@link
     * #reconnect} or {@link #expire}. Nothing happens where the connection is broken or the session has ended.
     */
    public void suspend(ZkPort port) {
        MemorySession session = MemorySession.of(port, this);
        synchronized (this) {
            if (session.ended || session.suspended) {
                return;
            }
            session.suspended = true;
        }
        session.listeners.forEach(told -> deliveries.execute(() -> told.accept(SessionEvent.SUSPENDED)));
    }

    /**
     * Reconnects it: listeners get {@link SessionEvent#RECONNECTED}, then the watches that fired in between are called.
     * A session whose port was closed in between ends. Nothing happens if the connection is not broken.
     */
    public void reconnect(ZkPort port) {
        MemorySession session = MemorySession.of(port, this);
        List<MemorySession> woken;
        synchronized (this) {
            if (session.ended || !session.suspended) {
                return;
            }
            woken = session.reconnected();
        }
        if (session.abandoned) {
            end(session, true);
        } else {
            wake(woken);
        }
    }

    /**
     * Lets a session's server fall behind the others, as a follower may: from now on its reads show what was, and its
     * watches do not fire, until it {@linkplain #catchUp catches up}. A write of its own catches up first, since its
     * server answers only when it has seen all before it; after that it falls behind again.
     *
     * @throws IllegalArgumentException where this ZooKeeper did not open the port
     */
    public synchronized void lag(ZkPort port) {
        MemorySession session = MemorySession.of(port, this);
        if (session.lag.isEmpty()) {
            session.lag = Optional.of(new Lag());
        }
    }

    /** The session's server has heard of everything: watches fire in the order of the changes. */
    public void catchUp(ZkPort port) {
        MemorySession session = MemorySession.of(port, this);
        List<MemorySession> woken;
        synchronized (this) {
            woken = caughtUp(session);
            session.lag = Optional.empty();
        }
        wake(woken);
    }

    private List<MemorySession> caughtUp(MemorySession session) {
        List<MemorySession> woken = new ArrayList<>();
        session.lag.map(Lag::arrived).orElse(List.of()).forEach(change -> post(change, s -> s == session, woken));
        return woken;
    }

    synchronized Optional<ZkNode> getData(MemorySession session, String path, Consumer<ZkEvent> watch) {
        Optional<ZkNode> node = read(session, path);
        if (watch != null) {
            watches.add(new Watch(session, Kind.DATA, path, watch));
        }
        return node;
    }

    private Optional<ZkNode> read(MemorySession session, String path) {
        Optional<ZkNode> now = Optional.ofNullable(find(session, path)).map(Znode::read);
        return session.lag.map(lag -> lag.nodes.getOrDefault(path, now)).orElse(now);
    }

    synchronized Optional<List<String>> getChildren(MemorySession session, String path, Consumer<ZkEvent> watch) {
        Optional<List<String>> now = Optional.ofNullable(find(session, path))
                .map(node -> List.copyOf(node.children().keySet()));
        var seen = session.lag.map(lag -> lag.children.getOrDefault(path, now)).orElse(now);
        if (watch != null && seen.isPresent()) {
            watches.add(new Watch(session, Kind.CHILDREN, path, watch));
        }
        return seen;
    }

    synchronized Void watchRecursively(MemorySession session, String path, Consumer<ZkEvent> watch) {
        session.requireLive(path);
        ZnodeTree.requireLawful(path, 0);
        watches.add(new Watch(session, Kind.RECURSIVE, path, watch));
        return null;
    }

    /** The number of outstanding watches of all sessions. */
    public synchronized int watchCount() {
        return sessions.stream().mapToInt(session -> session.watches.size()).sum();
    }

    List<ZkResult> commit(MemorySession session, List<ZkWrite> writes) {
        String first = writes.isEmpty() ? "/" : writes.get(0).path();
        long nowMillis = clockMillis.getAsLong();
        List<MemorySession> woken = new ArrayList<>();
        try {
            synchronized (this) {
                session.requireLive(first);
                if (writes.isEmpty()) {
                    return List.of();
                }
                if (!PacketSize.fits(writes, 0)) {
                    throw new ZkException(Code.TOO_LARGE, first, 0);
                }
                woken.addAll(caughtUp(session));
                keepForThoseBehind(session, writes);
                Transaction transaction = new Transaction(tree, session, ++zxid, nowMillis);
                List<ZkResult> results = transaction.perform(writes);
                woken.addAll(fire(session, transaction.changes()));
                return results;
            }
        } finally {
            wake(woken);
        }
    }

    void listen(MemorySession session, Consumer<SessionEvent> listener) {
        synchronized (this) {
            if (!session.ended) {
                session.listeners.add(listener);
                return;
            }
            session.post(() -> listener.accept(SessionEvent.LOST));
        }
        wake(List.of(session));
    }

    void end(MemorySession session, boolean closedByOwner) {
        long nowMillis = clockMillis.getAsLong();
        List<MemorySession> woken;
        synchronized (this) {
            if (session.ended) {
                return;
            }
            if (closedByOwner && session.suspended) {
                session.abandon();
                watches.removeAll(session);
                return;
            }
            session.ended = true;
            sessions.remove(session);
            watches.removeAll(session);
            if (closedByOwner || session.suspended) {
                session.dropUndelivered();
            }
            session.suspended = false;
            List<ZkWrite> deletions = List.copyOf(session.ephemerals).stream()
                    .map(path -> ZkWrite.delete(path, ZkWrite.ANY_VERSION))
                    .toList();
            keepForThoseBehind(session, deletions);
            Transaction transaction = new Transaction(tree, session, ++zxid, nowMillis);
            transaction.perform(deletions);
            woken = fire(session, transaction.changes());
            for (Consumer<SessionEvent> listener : session.listeners) {
                session.post(() -> listener.accept(SessionEvent.LOST));
                woken.add(session);
            }
        }
        wake(woken);
    }

    private Znode find(MemorySession session, String path) {
        session.requireLive(path);
        ZnodeTree.requireLawful(path, 0);
        return tree.find(path);
    }

    private void keepForThoseBehind(MemorySession writer, List<ZkWrite> writes) {
        sessions.stream()
                .filter(session -> session != writer)
                .forEach(session -> session.lag.ifPresent(lag -> lag.keep(writes, tree)));
    }

    /** Posts the events of these changes to all sessions that are not behind; returns one session per delivery. */
    private List<MemorySession> fire(MemorySession writer, List<ZkEvent> changes) {
        List<MemorySession> woken = new ArrayList<>();
        sessions.stream()
                .filter(session -> session != writer)
                .forEach(session -> session.lag.ifPresent(lag -> lag.changes.addAll(changes)));
        changes.forEach(change -> post(change, session -> session == writer || session.lag.isEmpty(), woken));
        return woken;
    }

    private void post(ZkEvent change, Predicate<MemorySession> hears, List<MemorySession> woken) {
        for (WatchTable.Fired fired : watches.fire(change, hears)) {
            MemorySession session = fired.watch().session();
            session.post(() -> fired.watch().watcher().accept(fired.event()));
            woken.add(session);
        }
    }

    private void wake(List<MemorySession> woken) {
        woken.forEach(session -> deliveries.execute(session::deliverNext));
    }
}
