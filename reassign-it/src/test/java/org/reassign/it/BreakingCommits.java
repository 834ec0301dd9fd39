package org.reassign.it;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.zk.EmbeddedZooKeeper;

/** Sessions whose connection breaks right after a commit was sent, as often as is asked for. */
record BreakingCommits(EmbeddedZooKeeper server, AtomicInteger left) implements ZkSessions {
    @Override
    public ZkPort open(String actor) {
        ZkPort port = server.sessions().open(actor);
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (self, method, given) -> {
                    try {
                        Object answer = method.invoke(port, given);
                        if (method.getName().equals("commit") && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                            server.disconnect(port);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
