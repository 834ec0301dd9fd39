package org.reassign.testkit;

import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;

/** What {@link ZkPortContract} stands on: an empty ZooKeeper, a new one for each test. */
public interface ZkPortFixture extends AutoCloseable {
    /** Opens sessions with it. */
    ZkSessions sessions();

    /** Lets a session expire that {@link #sessions} opened; its port may learn of it later. */
    void expire(ZkPort port);

    /** How many watches the server holds, of all sessions. */
    int watchCount();

    /** Ends what the fixture has begun. */
    @Override
    default void close() {}
}
