package org.reassign.cli;

import java.util.concurrent.ScheduledExecutorService;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.EmbeddedZooKeeper;

/**
 * The ZooKeeper that {@code --zookeeper} names.
 *
 * @param sessions opens sessions with it
 * @param external whether it runs outside this process, so that its own counts are out of sight
 * @param end ends it, if it is ours
 */
record OpenZooKeeper(ZkSessions sessions, boolean external, Runnable end) implements AutoCloseable {
    static OpenZooKeeper open(String name) {
        return switch (name) {
            case "memory" -> memory();
            case "embedded" -> embedded();
            default -> at(name);
        };
    }

    private static OpenZooKeeper memory() {
        ScheduledExecutorService thread = RealWorld.thread("zookeeper");
        MemoryZooKeeper server = new MemoryZooKeeper(RealWorld.inOrder(thread), System::currentTimeMillis);
        return new OpenZooKeeper(server, false, thread::shutdownNow);
    }

    private static OpenZooKeeper embedded() {
        EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
        return new OpenZooKeeper(server.sessions(), false, server::close);
    }

    private static OpenZooKeeper at(String address) {
        if (!address.matches("[^/\\s]+:[0-9]{1,5}(,[^/\\s]+:[0-9]{1,5})*(/\\S*)?")) {
            throw new UsageException("--zookeeper '" + address
                    + "' is no address; write embedded, memory or HOST:PORT[,HOST:PORT...][/chroot]");
        }
        CuratorSessions sessions = new CuratorSessions(address);
        try {
            sessions.open("observer").close();
        } catch (ZkException e) {
            throw new OutOfReachException(
                    "ZooKeeper at " + address + " is out of reach; see that it runs and that the address is right", e);
        }
        return new OpenZooKeeper(sessions, true, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
