package org.reassign.plugin.isrwatchers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.testkit.IsrWatcherContract;

class RecursiveContractTest implements IsrWatcherContract {
    private final ExecutorService deliveries = Executors.newSingleThreadExecutor();

    @Override
    public IsrWatcher watcher() {
        return new Recursive();
    }

    @Override
    public ZkSessions zooKeeper() {
        return new MemoryZooKeeper(deliveries, () -> 0);
    }

    @AfterEach
    void stop() {
        deliveries.shutdownNow();
    }
}
