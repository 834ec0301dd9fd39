package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkWrite;

/** What a server does not know (recursive watches before 3.6) it refuses, and closes the connection. */
class OldServerTest {
    @TempDir
    Path folder;

    @Test
    void aRecursiveWatchIsUnsupportedAndTheSessionLivesOn() throws Exception {
        try (Running running = new Running(folder)) {
            ZkPort zk = running.zk;
            Throwable failure = catchThrowable(
                    () -> done(zk.watchRecursively("/", event -> {}).toCompletableFuture()));
            assertThat(failure).isInstanceOf(CompletionException.class);
            assertThat(((ZkException) failure.getCause()).code()).isEqualTo(ZkException.Code.UNSUPPORTED);
            assertThat(done(running.back)).isEqualTo(SessionEvent.RECONNECTED);
            assertThat(done(zk.exists("/session").toCompletableFuture())).isNotEqualTo(Optional.empty());
        }
    }

    /** Before 3.5 watches cannot be removed either; one broken connection is enough to know. */
    @Test
    void aWatchThatCannotBeRemovedIsNotCalledAndTheServerIsAskedOnce() throws Exception {
        try (Running running = new Running(folder)) {
            ZkPort zk = running.zk;
            List<ZkEvent> told = new CopyOnWriteArrayList<>();
            Consumer<ZkEvent> watch = told::add;
            done(zk.getData("/session", watch).toCompletableFuture());
            done(zk.unwatch("/session", watch).toCompletableFuture());
            assertThat(done(running.back)).isEqualTo(SessionEvent.RECONNECTED);
            done(zk.getData("/a", watch).toCompletableFuture());
            done(zk.unwatch("/a", watch).toCompletableFuture());
            CompletableFuture<ZkEvent> last = new CompletableFuture<>();
            done(zk.getData("/a", last::complete).toCompletableFuture());
            done(zk.commit(List.of(ZkWrite.setData("/session", "1", 0))).toCompletableFuture());
            done(zk.commit(List.of(ZkWrite.create("/a", ""))).toCompletableFuture());
            done(last);
            assertThat(told).isEmpty();
            assertThat(running.server.refused).hasValue(1);
        }
    }

    private static final class Running implements AutoCloseable {
        final OldServer server;
        final NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        final ZkPort zk;
        final CompletableFuture<SessionEvent> back = new CompletableFuture<>();

        Running(Path folder) throws Exception {
            server = new OldServer(folder, Set.of(OpCode.addWatch, OpCode.removeWatches));
            connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, -1, false);
            connections.startup(server, true);
            zk = new CuratorSessions("127.0.0.1:" + connections.getLocalPort()).open("controller");
            done(zk.commit(List.of(ZkWrite.createEphemeral("/session", ""))).toCompletableFuture());
            zk.onSession(event -> {
                if (event != SessionEvent.SUSPENDED) {
                    back.complete(event);
                }
            });
        }

        @Override
        public void close() {
            zk.close();
            connections.shutdown();
            server.shutdown(true);
        }
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
