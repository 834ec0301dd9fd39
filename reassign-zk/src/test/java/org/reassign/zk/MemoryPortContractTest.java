package org.reassign.zk;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.testkit.ZkPortContract;
import org.reassign.testkit.ZkPortFixture;

/** The ZooKeeper in memory keeps what the real one keeps, so that what runs on it runs on that. */
class MemoryPortContractTest implements ZkPortContract {
    @Override
    public ZkPortFixture fixture() {
        ExecutorService deliveries = Executors.newSingleThreadExecutor();
        MemoryZooKeeper server = new MemoryZooKeeper(deliveries, () -> 0);
        return new ZkPortFixture() {
            @Override
            public ZkSessions sessions() {
                return server;
            }

            @Override
            public void expire(ZkPort port) {
                server.expire(port);
            }

            @Override
            public int watchCount() {
                return server.watchCount();
            }

            @Override
            public void close() {
                deliveries.shutdown();
            }
        };
    }
}
