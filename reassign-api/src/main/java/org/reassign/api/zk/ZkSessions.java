package org.reassign.api.zk;

/** Opens sessions with one ZooKeeper, one for each actor, so that costs are counted by actor. */
public interface ZkSessions {
    /**
     * Opens a session and waits until it stands.
     *
     * @param actor who will use it: {@code controller}, {@code requester}, {@code brokers}, {@code observer}
     * @throws ZkException {@link ZkException.Code#CONNECTION_LOSS} where no server answers
     */
    ZkPort open(String actor);
}
