package org.reassign.testkit;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.zk.ZkPort;

/** Sessions with one ZooKeeper, which ends with them. */
final class AwaitedSessions implements AutoCloseable {
    private final ZkPortFixture fixture;
    private final List<ZkPort> opened = new ArrayList<>();

    AwaitedSessions(ZkPortFixture fixture) {
        this.fixture = fixture;
    }

    AwaitedSession open() {
        ZkPort port = fixture.sessions().open("controller");
        opened.add(port);
        return new AwaitedSession(port);
    }

    /** How many watches the server holds, of all sessions. */
    int watchCount() {
        return fixture.watchCount();
    }

    void expire(AwaitedSession session) {
        fixture.expire(session.port());
    }

    @Override
    public void close() {
        opened.forEach(ZkPort::close);
        fixture.close();
    }
}
