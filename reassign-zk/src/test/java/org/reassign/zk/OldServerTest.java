package org.reassign.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor.RequestProcessorException;
import org.apache.zookeeper.server.UnimplementedRequestProcessor;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkWrite;

/** A ZooKeeper before 3.6 does not know recursive watches: it says so, and closes the connection. */
class OldServerTest {
    @TempDir
    Path folder;

    /** Answers as a server of 3.5 does: what it does not know goes to that processor. */
    private static final class OldServer extends ZooKeeperServer {
        OldServer(Path folder) throws IOException {
            super(folder.toFile(), folder.toFile(), 1000);
        }

        @Override
        protected void registerJMX() {}

        @Override
        protected void unregisterJMX() {}

        @Override
        public void submitRequestNow(Request request) {
            if (request.type != OpCode.addWatch) {
                super.submitRequestNow(request);
                return;
            }
            try {
                new UnimplementedRequestProcessor().processRequest(request);
            } catch (RequestProcessorException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aRecursiveWatchIsUnsupportedAndTheSessionLivesOn() throws Exception {
        OldServer server = new OldServer(folder);
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, -1, false);
        connections.startup(server, true);
        try (ZkPort zk = new CuratorSessions("127.0.0.1:" + connections.getLocalPort()).open("controller")) {
            done(zk.commit(List.of(ZkWrite.createEphemeral("/session", ""))).toCompletableFuture());
            CompletableFuture<SessionEvent> back = new CompletableFuture<>();
            zk.onSession(event -> {
                if (event != SessionEvent.SUSPENDED) {
                    back.complete(event);
                }
            });
            Throwable failure = catchThrowable(
                    () -> done(zk.watchRecursively("/", event -> {}).toCompletableFuture()));
            assertThat(failure).isInstanceOf(CompletionException.class);
            assertThat(((ZkException) failure.getCause()).code()).isEqualTo(ZkException.Code.UNSUPPORTED);
            assertThat(done(back)).isEqualTo(SessionEvent.RECONNECTED);
            assertThat(done(zk.exists("/session").toCompletableFuture())).isNotEqualTo(Optional.empty());
        } finally {
            connections.shutdown();
            server.shutdown(true);
        }
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
    }
}
