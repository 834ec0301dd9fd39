package org.reassign.core.memory;

import org.reassign.api.zk.ZkSessions;

/**
 * Sessions whose connections can be broken by an actor's name, for tests and scenarios. The sessions live on, unless they
 * expire meanwhile. Calls are answered with {@code CONNECTION_LOSS} while there is no connection.
 */
public interface BreakableSessions extends ZkSessions {
    /** Breaks the connections of an actor; they may come back at once. */
    void cut(String actor);

    /** Breaks the connections of an actor; none comes back, and no session is opened, before {@link #pass}. */
    void block(String actor);

    /** Lets the connections of an actor come back. */
    void pass(String actor);
}
