package org.reassign.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;

/** Sessions some of whose commits fail, and a channel whose decoding is watched. */
final class Interception {
    private Interception() {}

    /** Decides what becomes of a commit; {@code first} in its session. */
    interface Commits {
        CompletionStage<?> made(Supplier<CompletionStage<?>> commit, boolean first);
    }

    static CompletionStage<?> lost() {
        return CompletableFuture.failedFuture(new ZkException(ZkException.Code.CONNECTION_LOSS, "/lost", 0));
    }

    static CompletionStage<?> refused() {
        return CompletableFuture.failedFuture(new ZkException(ZkException.Code.OTHER, "/closed", 0));
    }

    static CompletionStage<?> broken(Supplier<CompletionStage<?>> commit) {
        CompletionStage<?> unused = commit.get();
        return lost();
    }

    static ZkPort failingOnce(ZkPort port, boolean done) {
        return intercepted(port, (commit, first) -> {
            if (!first) {
                return commit.get();
            }
            return done ? broken(commit) : lost();
        });
    }

    static ZkPort intercepted(ZkPort port, Commits commits) {
        Set<ZkPort> committed = new HashSet<>();
        return proxy(ZkPort.class, port, (name, call) -> {
            if (!name.equals("commit")) {
                return call.get();
            }
            return commits.made(() -> (CompletionStage<?>) call.get(), committed.add(port));
        });
    }

    static RequestChannel hanging(RequestChannel channel, Runnable decoding) {
        return proxy(RequestChannel.class, channel, (name, call) -> {
            if (name.equals("decode")) {
                decoding.run();
            }
            return call.get();
        });
    }

    private interface Calls {
        Object made(String name, Supplier<Object> call);
    }

    static <T> T proxy(Class<T> type, T behind, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, given) -> calls.made(method.getName(), () -> {
                    try {
                        return method.invoke(behind, given);
                    } catch (InvocationTargetException e) {
                        throw new IllegalStateException(e.getCause());
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })));
    }
}
