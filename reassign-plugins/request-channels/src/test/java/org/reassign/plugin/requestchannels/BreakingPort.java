package org.reassign.plugin.requestchannels;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.memory.MemoryZooKeeper;

/** A session whose connection breaks at one commit, once it is told to. */
final class BreakingPort {
    private final MemoryZooKeeper zooKeeper;
    private final ZkPort session;
    private int commitsBefore = -1;
    private boolean arrives;

    BreakingPort(MemoryZooKeeper zooKeeper) {
        this.zooKeeper = zooKeeper;
        this.session = zooKeeper.open("requester");
    }

    ZkPort port() {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(),
                new Class<?>[] {ZkPort.class},
                (proxy, call, arguments) -> call.getName().equals("commit") && commitsBefore-- == 0
                        ? broken(call, arguments)
                        : called(call, arguments));
    }

    /** It breaks after so many commits from now; whether the one at which it breaks arrives. */
    void breaksAt(int commits, boolean thatArrives) {
        commitsBefore = commits;
        arrives = thatArrives;
    }

    private Object broken(Method call, Object... arguments) throws Throwable {
        if (arrives) {
            called(call, arguments);
        }
        suspend();
        return CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0));
    }

    private Object called(Method call, Object... arguments) throws Throwable {
        try {
            return call.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    void suspend() {
        zooKeeper.suspend(session);
    }

    void reconnect() {
        zooKeeper.reconnect(session);
    }

    void expire() {
        zooKeeper.expire(session);
    }
}
