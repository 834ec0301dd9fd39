package org.reassign.zk;

import java.time.Duration;
import java.util.List;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.testkit.ZkPortContract;
import org.reassign.testkit.ZkPortFixture;

/** Below the root of a connection (chroot) all is as it is without one, and no path shows the root. */
class ChrootPortContractTest implements ZkPortContract {
    @Override
    public ZkPortFixture fixture() {
        EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
        try (ZkPort zk = server.sessions().open("founder")) {
            zk.commit(List.of(ZkWrite.create("/kafka", ""), ZkWrite.create("/kafka/größe", "")))
                    .toCompletableFuture()
                    .join();
        }
        ZkSessions sessions = new CuratorSessions(
                server.address() + "/kafka/größe", Duration.ofSeconds(18), CuratorSessions.CONNECT_TIMEOUT);
        return new ZkPortFixture() {
            @Override
            public ZkSessions sessions() {
                return sessions;
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
                server.close();
            }
        };
    }
}
