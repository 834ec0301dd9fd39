package org.reassign.zk;

import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.testkit.ZkPortContract;
import org.reassign.testkit.ZkPortFixture;

class CuratorPortContractTest implements ZkPortContract {
    @Override
    public ZkPortFixture fixture() {
        EmbeddedZooKeeper server = EmbeddedZooKeeper.start();
        ZkSessions sessions = server.sessions();
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
