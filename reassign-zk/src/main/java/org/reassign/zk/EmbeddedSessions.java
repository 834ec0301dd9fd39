package org.reassign.zk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.zookeeper.server.ServerCnxn.DisconnectReason;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.memory.BreakableSessions;

/** Sessions with an {@link EmbeddedZooKeeper}, known by their actors, whose connections the server breaks and refuses. */
final class EmbeddedSessions implements BreakableSessions {
    private final CuratorSessions curator;
    private final Supplier<CountingServer> server;
    private final Map<String, List<Long>> idsByActor;
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();

    /** Sessions of a client; {@code idsByActor} is told the ids of those that are opened. */
    EmbeddedSessions(CuratorSessions curator, Supplier<CountingServer> server, Map<String, List<Long>> idsByActor) {
        this.curator = curator;
        this.server = server;
        this.idsByActor = idsByActor;
    }

    @Override
    public ZkPort open(String actor) {
        if (blocked.contains(actor)) {
            throw new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0);
        }
        CuratorPort port = curator.connect(actor);
        idsByActor.computeIfAbsent(actor, name -> new CopyOnWriteArrayList<>()).add(port.sessionId());
        return port;
    }

    @Override
    public void cut(String actor) {
        ids(actor)
                .forEach(id ->
                        server.get().getServerCnxnFactory().closeSession(id, DisconnectReason.CONNECTION_CLOSE_FORCED));
    }

    @Override
    public void block(String actor) {
        blocked.add(actor);
        server.get().refuse(ids(actor));
        cut(actor);
    }

    @Override
    public void pass(String actor) {
        blocked.remove(actor);
        server.get().allow(ids(actor));
    }

    private List<Long> ids(String actor) {
        return idsByActor.getOrDefault(actor, List.of());
    }
}
