package org.reassign.cli;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryConnections;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.zk.EmbeddedZooKeeper;
import org.reassign.zk.ZooKeeperAccess;

/**
 * The ZooKeeper that a command works on.
 *
 * @param sessions opens sessions with it
 * @param address where other processes reach it; empty where they cannot
 * @param external whether it is somebody else's; what brokers ask of it cannot be counted then
 * @param server the server, where this process has one for this run alone, so that it counts what brokers ask
 * @param brokers brokers that outlive the run, which may run there already; empty where the run starts its own
 * @param end what ends it
 */
record Backend(
        ZkSessions sessions,
        Optional<String> address,
        boolean external,
        Optional<EmbeddedZooKeeper> server,
        Optional<BrokerGateway.LabGateway> brokers,
        Runnable end)
        implements AutoCloseable {
    /** One without brokers. */
    Backend(
            ZkSessions sessions,
            Optional<String> address,
            boolean external,
            Optional<EmbeddedZooKeeper> server,
            Runnable end) {
        this(sessions, address, external, server, Optional.empty(), end);
    }

    /**
     * Opens {@code embedded}, {@code memory} or {@code HOST:PORT[,…][/chroot]}.
     *
     * @param access how to connect with an address
     * @param watcher the watcher that is to work there; a server that is too old for it is out of reach
     * @param notes is told where a chroot was made
     */
    static Backend open(
            String zookeeper, ZooKeeperAccess access, NamedPlugin<IsrWatcher> watcher, Consumer<String> notes) {
        if (zookeeper.equals("embedded")) {
            EmbeddedZooKeeper embedded = EmbeddedZooKeeper.start();
            return new Backend(
                    embedded.sessions(),
                    Optional.of(embedded.address()),
                    false,
                    Optional.of(embedded),
                    embedded::close);
        }
        if (zookeeper.equals("memory")) {
            ExecutorService deliveries = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "zookeeper");
                made.setDaemon(true);
                return made;
            });
            MemoryZooKeeper memory = new MemoryZooKeeper(deliveries, System::currentTimeMillis);
            return new Backend(
                    new MemoryConnections(memory), Optional.empty(), false, Optional.empty(), deliveries::shutdownNow);
        }
        return new Backend(
                ExternalZooKeeper.at(zookeeper, access).open(watcher, notes),
                Optional.of(zookeeper),
                true,
                Optional.empty(),
                () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
