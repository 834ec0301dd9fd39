package org.reassign.core.memory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;

/** Sessions with a ZooKeeper in memory, whose connections can be broken. */
public final class MemoryConnections implements BreakableSessions {
    private final MemoryZooKeeper zooKeeper;
    private final Map<String, List<ZkPort>> opened = new ConcurrentHashMap<>();
    private final Set<String> blocked = new HashSet<>();

    /** Sessions with this ZooKeeper. */
    public MemoryConnections(MemoryZooKeeper zooKeeper) {
        this.zooKeeper = zooKeeper;
    }

    @Override
    public synchronized ZkPort open(String actor) {
        if (blocked.contains(actor)) {
            throw new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0);
        }
        ZkPort port = zooKeeper.open(actor);
        of(actor).add(port);
        return port;
    }

    private List<ZkPort> of(String actor) {
        return opened.computeIfAbsent(actor, name -> new CopyOnWriteArrayList<>());
    }

    @Override
    public void cut(String actor) {
        of(actor).forEach(zooKeeper::suspend);
        pass(actor);
    }

    @Override
    public void block(String actor) {
        synchronized (this) {
            blocked.add(actor);
        }
        of(actor).forEach(zooKeeper::suspend);
    }

    @Override
    public void pass(String actor) {
        synchronized (this) {
            blocked.remove(actor);
        }
        of(actor).forEach(zooKeeper::reconnect);
    }
}
