package org.reassign.cli;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * The ZooKeeper that a command works on.
 *
 * @param sessions opens sessions with it
 * @param external whether it is somebody else's; what brokers ask of it cannot be counted then
 * @param end what ends it
 */
record Backend(ZkSessions sessions, boolean external, Runnable end) implements AutoCloseable {
    /** Opens {@code embedded}, {@code memory} or {@code HOST:PORT[,…][/chroot]}; a chroot is made where it is missing. */
    static Backend open(String zookeeper) {
        if (zookeeper.equals("embedded")) {
            EmbeddedZooKeeper embedded = EmbeddedZooKeeper.start();
            return new Backend(embedded.sessions(), false, embedded::close);
        }
        if (zookeeper.equals("memory")) {
            ExecutorService deliveries = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "zookeeper");
                made.setDaemon(true);
                return made;
            });
            return new Backend(
                    new MemoryZooKeeper(deliveries, System::currentTimeMillis), false, deliveries::shutdownNow);
        }
        return external(zookeeper);
    }

    private static Backend external(String address) {
        if (!address.matches("[^,/\\s]+:[0-9]{1,5}(,[^,/\\s]+:[0-9]{1,5})*(/[^\\s]*[^/\\s])?")) {
            throw new UsageException(
                    "'" + address + "' is no ZooKeeper; write embedded, memory or HOST:PORT[,HOST:PORT...][/chroot]");
        }
        try {
            CuratorSessions sessions = new CuratorSessions(address);
            makeChroot(address);
            return new Backend(sessions, true, () -> {});
        } catch (ZkException e) {
            throw new OutOfReachException(
                    "ZooKeeper at " + address + " is out of reach ("
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage())
                            + "); check that it runs there and can be reached from here",
                    e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** Opens a session, so that an address where no server answers is found at once. */
    private static void makeChroot(String address) {
        int slash = address.indexOf('/');
        String servers = slash < 0 ? address : address.substring(0, slash);
        String chroot = slash < 0 ? "" : address.substring(slash);
        try (ZkPort zk = new CuratorSessions(servers).open("observer")) {
            for (int end = chroot.indexOf('/', 1); !chroot.isEmpty(); end = chroot.indexOf('/', end + 1)) {
                make(zk, end < 0 ? chroot : chroot.substring(0, end));
                if (end < 0) {
                    return;
                }
            }
        }
    }

    private static void make(ZkPort zk, String path) {
        if (zk.exists(path).toCompletableFuture().join().isEmpty()) {
            var unused = zk.commit(List.of(ZkWrite.create(path, "")))
                    .toCompletableFuture()
                    .join();
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
