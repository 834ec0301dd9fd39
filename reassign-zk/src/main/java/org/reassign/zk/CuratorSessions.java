package org.reassign.zk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.client.ConnectStringParser;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.packet.PacketSize;

/**
 * Sessions with a real ZooKeeper, each with a Curator client and so a connection of its own.
 *
 * <p>Curator makes the connection and watches over the session; the calls go to the ZooKeeper handle that it holds,
 * whose queue keeps the order of the calls, whatever their kind. (Curator's background operations go through a queue of
 * its own when they are retried, so a retried read could overtake a write.) Nothing is retried: a write that may or may
 * not have been done is for the owner to look after.
 *
 * <p>One port is one session. When it expires, or the connection was away for as long as the session's timeout, the
 * port is told LOST, the client is closed, and no other session takes its place.
 *
 * <p>Stages complete and watches are called on the handle's event thread, session listeners on Curator's or, at {@link
 * ZkPort#close}, on the closing thread. Replies are taken in up to {@link ZkReader#MAX_REPLY_BYTES}; but a znode's data
 * only up to 2 MiB unless the JVM's properties {@code jute.maxbuffer} or {@code zookeeper.jute.maxbuffer.extrasize} allow
 * for more, since ZooKeeper's client knows that limit in no other way: the read fails with {@link Code#TOO_LARGE} then,
 * and the connection breaks. A check that is committed alone travels as a transaction, since ZooKeeper has no other form
 * for it. Results carry their zxid where a write was alone or some znode's data were set in
 * the same transaction, else 0, except for lone deletions: ZooKeeper answers these without.
 */
public final class CuratorSessions implements ZkSessions {
    /** Kafka's default for brokers. */
    public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(18);

    /** How long {@link #open} waits for a server, unless told otherwise. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final String address;
    private final Duration sessionTimeout;
    private final Duration connectTimeout;
    private final String chroot;
    private final ZooKeeperAccess access;

    /** Sessions with the default timeouts, see {@link #CuratorSessions(String, Duration, Duration, ZooKeeperAccess)}. */
    public CuratorSessions(String address) {
        this(address, ZooKeeperAccess.OPEN);
    }

    /** The same, with this access. */
    public CuratorSessions(String address, ZooKeeperAccess access) {
        this(address, SESSION_TIMEOUT, CONNECT_TIMEOUT, access);
    }

    /** Sessions without TLS and names, see {@link #CuratorSessions(String, Duration, Duration, ZooKeeperAccess)}. */
    public CuratorSessions(String address, Duration sessionTimeout, Duration connectTimeout) {
        this(address, sessionTimeout, connectTimeout, ZooKeeperAccess.OPEN);
    }

    /**
     * Sessions with the ZooKeeper at an address. Nothing is connected yet.
     *
     * @param address {@code HOST:PORT[,HOST:PORT…][/chroot]}; all paths are below the chroot, which must exist, else
     *     writes fail with {@link Code#NO_NODE}
     * @param sessionTimeout after how long without contact the server lets a session expire; the server has bounds
     * @param connectTimeout how long {@link #open} waits for a server
     * @param access who the client is, and who may change what it creates
     * @throws IllegalArgumentException where the address is malformed, or its chroot longer than {@link
     *     PacketSize#LONGEST_CHROOT} bytes, since it travels with each path
     */
    public CuratorSessions(String address, Duration sessionTimeout, Duration connectTimeout, ZooKeeperAccess access) {
        this.address = address;
        this.sessionTimeout = sessionTimeout;
        this.connectTimeout = connectTimeout;
        this.chroot = chrootOf(address);
        this.access = access;
    }

    @Override
    public ZkPort open(String actor) {
        return connect(actor);
    }

    CuratorPort connect(String actor) {
        SingleSession session = new SingleSession(access.client());
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(address)
                .sessionTimeoutMs(Math.toIntExact(sessionTimeout.toMillis()))
                .connectionTimeoutMs(Math.toIntExact(connectTimeout.toMillis()))
                .retryPolicy(new RetryOneTime(1))
                .zookeeperFactory(session)
                .ensembleTracker(false);
        access.digest().ifPresent(pair -> builder.authorization("digest", pair.getBytes(StandardCharsets.UTF_8)));
        CuratorFramework client = builder.build();
        client.start();
        if (!isConnected(client)) {
            boolean interrupted = Thread.interrupted(); // closing would swallow it
            client.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new ZkException(
                    Code.CONNECTION_LOSS,
                    address,
                    0,
                    new TimeoutException("no server answered within " + connectTimeout.toMillis() + " ms"));
        }
        return new CuratorPort(actor, client, session.keep(), chroot, access.acl());
    }

    private boolean isConnected(CuratorFramework client) {
        try {
            return client.blockUntilConnected(Math.toIntExact(connectTimeout.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String chrootOf(String address) {
        String chroot = parsed(address);
        if (chroot.getBytes(StandardCharsets.UTF_8).length > PacketSize.LONGEST_CHROOT) {
            throw new IllegalArgumentException("the chroot of ZooKeeper address '" + address + "' is longer than the "
                    + PacketSize.LONGEST_CHROOT + " bytes that are allowed for; choose a shorter one");
        }
        return chroot;
    }

    private static String parsed(String address) {
        try {
            return Objects.requireNonNullElse(new ConnectStringParser(address).getChrootPath(), "");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "ZooKeeper address '" + address + "' is malformed; write HOST:PORT[,HOST:PORT][/chroot]", e);
        }
    }
}
