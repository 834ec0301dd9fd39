package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.meter.Cost;

/** Brokers in other processes ask in ways that the port does not know; they are served and counted as well. */
class ForeignClientTest {
    @Test
    void aClientThatIsNoneOfOursIsServedAndCountedApart() throws Exception {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
                ZkPort own = server.sessions().open("controller")) {
            ZooKeeper foreign = connected(server.address());
            foreign.create("/brokers", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            foreign.setData("/brokers", null, 0);
            assertThat(foreign.getChildren("/brokers", false, new Stat())).isEmpty();
            foreign.close();
            assertThat(own.exists("/brokers").toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isPresent();
            Cost others = server.serverCostOfOthers();
            assertThat(others.create()).isEqualTo(1);
            assertThat(others.setData()).isEqualTo(1);
            assertThat(others.getChildren()).isEqualTo(1);
            assertThat(others.exists()).isZero();
            assertThat(others.bytesWritten()).isZero();
        }
    }

    private static ZooKeeper connected(String address) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(address, 10_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
        return client;
    }
}
