package org.reassign.zk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxn;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.memory.BreakableSessions;
import org.reassign.core.meter.Cost;
import org.reassign.core.meter.MeteredSessions;

/**
 * ZooKeeper's own server within this process: on a free port of the loopback address, with a temporary folder that is
 * deleted at the end, for one run or test. It counts what each session asks of it.
 *
 * <p>Nothing here is to outlive the process, so the log is not forced to disk. ZooKeeper knows that setting as a system
 * property only ({@code zookeeper.forceSync}); it is set while this server is made and put back, and other servers of
 * the JVM keep theirs unless they are made at that very moment. It logs through slf4j and prints nothing.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 1000;
    private static final String FORCE_SYNC = "zookeeper.forceSync";

    private final Path folder;
    private final List<Placement> placements;
    private volatile CountingServer server;
    private volatile NIOServerCnxnFactory connections;
    private final Map<String, List<Long>> sessionsByActor = new ConcurrentHashMap<>();
    private boolean closed;

    private EmbeddedZooKeeper(Path folder, List<Placement> placements) throws IOException, InterruptedException {
        this.folder = folder;
        this.placements = placements;
        serve(0);
    }

    private void serve(int port) throws IOException, InterruptedException {
        server = withoutForcedLog(folder, placements);
        connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0, -1, false);
        connections.startup(server, true);
    }

    /**
     * Starts a server and returns when it serves.
     *
     * @throws UncheckedIOException where the folder or the port cannot be had
     */
    public static EmbeddedZooKeeper start() {
        return start(List.of());
    }

    /**
     * As {@link #start()}, for a run whose costs are compared with the server's.
     *
     * @param placements where records may lie
     */
    public static EmbeddedZooKeeper start(List<Placement> placements) {
        try {
            Path folder = Files.createTempDirectory("reassign-zookeeper-");
            try {
                return new EmbeddedZooKeeper(folder, placements);
            } catch (IOException | InterruptedException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the embedded ZooKeeper could not be started; check the temporary folder", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded ZooKeeper started", e);
        }
    }

    /** Where it listens, as {@code HOST:PORT}. */
    public String address() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + connections.getLocalPort();
    }

    /** Sessions with this server. Those that are opened here are known to {@link #serverCost(String)} and expire. */
    public BreakableSessions sessions() {
        return sessions(CuratorSessions.SESSION_TIMEOUT);
    }

    /** The same with a session timeout; the server allows 2 to 20 seconds. */
    public BreakableSessions sessions(Duration sessionTimeout) {
        CuratorSessions curator = new CuratorSessions(address(), sessionTimeout, CuratorSessions.CONNECT_TIMEOUT);
        return new EmbeddedSessions(curator, () -> server, sessionsByActor);
    }

    /**
     * What the server was asked by an actor's sessions since the beginning or the last reset, ended ones included: the
     * figures of the client's meter, seen from the other side. Failures, watches outstanding and watch events are 0: a
     * server's request does not show them.
     */
    public Cost serverCost(String actor) {
        return sessionsByActor.getOrDefault(actor, List.of()).stream()
                .map(server::cost)
                .reduce(Cost.NONE, Cost::plus);
    }

    /** As {@link #serverCost}, of the sessions that were not opened by {@link #sessions()}: those of other processes. */
    public Cost serverCostOfOthers() {
        return serverCostBeside(Stream.empty());
    }

    /**
     * As {@link #serverCost}, of the session of another process that owns an ephemeral znode; nothing where none does.
     *
     * @param path the znode, without a chroot
     */
    public Cost serverCostOfOwner(String path) {
        return owner(path).map(server::cost).orElse(Cost.NONE);
    }

    /** As {@link #serverCostOfOthers()}, without the session of {@link #serverCostOfOwner}. */
    public Cost serverCostOfOthersThanOwner(String path) {
        return serverCostBeside(owner(path).stream());
    }

    private Cost serverCostBeside(Stream<Long> left) {
        return server.costOfOthers(
                Stream.concat(sessionsByActor.values().stream().flatMap(List::stream), left)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Optional<Long> owner(String path) {
        try {
            long owner = server.getZKDatabase().statNode(path, null).getEphemeralOwner();
            return owner == 0 ? Optional.empty() : Optional.of(owner);
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        }
    }

    /** How many watches the server holds, of all sessions; a recursive one may count more than once. */
    public int watchCount() {
        return server.getZKDatabase().getDataTree().getWatchCount();
    }

    /** Starts counting from zero for every session. */
    public void resetServerCosts() {
        server.reset();
    }

    /**
     * Lets a session expire, as if its client had not been heard of for too long; the port learns of it when it has
     * reconnected. Returns before that.
     *
     * @param port a port of {@link #sessions}, also within a metered one
     * @throws IllegalArgumentException where it is none
     */
    public void expire(ZkPort port) {
        server.closeSession(sessionId(port));
    }

    /**
     * As {@link #expire}, of the session that owns an ephemeral znode, which may be another process's.
     *
     * @throws IllegalArgumentException where there is no such znode, or it is not ephemeral
     */
    public void expireOwner(String path) {
        DataNode node = server.getZKDatabase().getNode(path);
        if (node == null || node.stat.getEphemeralOwner() == 0) {
            throw new IllegalArgumentException(path + " is not an ephemeral znode; name one that exists");
        }
        server.closeSession(node.stat.getEphemeralOwner());
    }

    /**
     * Stops the server and starts it again at the same address with what it has on disk, as for an upgrade: connections
     * break, sessions and their ephemeral znodes live on. What was counted so far is forgotten, and so is which actors
     * are to have no connection. Returns when it serves.
     *
     * @throws UncheckedIOException where it cannot be started again
     */
    public synchronized void restart() {
        int port = connections.getLocalPort();
        connections.shutdown();
        server.shutdown(true);
        try {
            serve(port);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded ZooKeeper could not be started again on port " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded ZooKeeper started again", e);
        }
    }

    /**
     * Breaks a session's connection; its client connects again by itself, within about a second.
     *
     * @param port as of {@link #expire}
     */
    public void disconnect(ZkPort port) {
        connections.closeSession(sessionId(port), ServerCnxn.DisconnectReason.CLOSE_ALL_CONNECTIONS_FORCED);
    }

    /** Lets the sessions that have no connection expire, as those of a process that was killed will. */
    public void expireDisconnected() {
        Set<Long> connected = StreamSupport.stream(connections.getConnections().spliterator(), false)
                .map(ServerCnxn::getSessionId)
                .collect(Collectors.toUnmodifiableSet());
        Set.copyOf(server.getZKDatabase().getSessions()).stream()
                .filter(session -> !connected.contains(session))
                .forEach(server::closeSession);
    }

    private static long sessionId(ZkPort port) {
        if (!(MeteredSessions.unwrap(port) instanceof CuratorPort curator)) {
            throw new IllegalArgumentException(
                    port + " is not a session of an embedded ZooKeeper; pass the port that" + " its sessions opened");
        }
        return curator.sessionId();
    }

    /** Stops the server and deletes its folder. Repeated calls do nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        connections.shutdown();
        server.shutdown(true);
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded ZooKeeper's folder " + folder + " could not be deleted", e);
        }
    }

    private static synchronized CountingServer withoutForcedLog(Path folder, List<Placement> placements)
            throws IOException {
        String before = System.getProperty(FORCE_SYNC);
        System.setProperty(FORCE_SYNC, "no");
        try {
            return new CountingServer(folder, TICK_MILLIS, placements);
        } finally {
            if (before == null) {
                System.clearProperty(FORCE_SYNC);
            } else {
                System.setProperty(FORCE_SYNC, before);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
