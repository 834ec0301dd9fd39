package org.reassign.plugin.simulatedbrokers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.memory.MemoryZooKeeper;

/** Sessions whose connections break when a test says so; of each actor the one that was opened last. */
final class BreakingSessions implements ZkSessions {
    private final MemoryZooKeeper zooKeeper;
    private final Map<String, ZkPort> newest = new HashMap<>();
    private Optional<String> breaking = Optional.empty();
    private boolean unreachable;

    BreakingSessions(MemoryZooKeeper zooKeeper) {
        this.zooKeeper = zooKeeper;
    }

    @Override
    public ZkPort open(String actor) {
        if (unreachable) {
            throw new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0);
        }
        ZkPort port = zooKeeper.open(actor);
        newest.put(actor, port);
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(),
                new Class<?>[] {ZkPort.class},
                (proxy, call, arguments) -> call.getName().equals("commit")
                        ? commit(actor, port, call, arguments)
                        : called(port, call, arguments));
    }

    /** The answer to the actor's next commit is lost. */
    void losesAnswer(String actor) {
        breaking = Optional.of(actor);
    }

    /** No server answers those who open a session. */
    void unreachable(boolean now) {
        unreachable = now;
    }

    void suspend(String actor) {
        zooKeeper.suspend(newest.get(actor));
    }

    void reconnect(String actor) {
        zooKeeper.reconnect(newest.get(actor));
    }

    private Object commit(String actor, ZkPort port, Method call, Object... arguments) throws Throwable {
        Object answer = called(port, call, arguments);
        if (!breaking.equals(Optional.of(actor))) {
            return answer;
        }
        breaking = Optional.empty();
        suspend(actor);
        return CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0));
    }

    private static Object called(ZkPort port, Method call, Object... arguments) throws Throwable {
        try {
            return call.invoke(port, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
