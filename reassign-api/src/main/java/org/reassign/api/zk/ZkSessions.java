package org.reassign.api.zk;

import org.reassign.api.Evolving;

/** Opens sessions with one ZooKeeper, one for each actor, so that costs are counted by actor. */
@Evolving(since = "1.0")
public interface ZkSessions {
    /**
     * Opens a session and waits until it is connected.
     *
     * @param actor its user: {@code controller}, {@code requester}, {@code brokers}, {@code observer}
     * @throws ZkException {@link ZkException.Code#CONNECTION_LOSS} where no server answers
     */
    ZkPort open(String actor);
}
