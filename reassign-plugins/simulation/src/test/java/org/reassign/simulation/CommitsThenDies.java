package org.reassign.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** Sessions of a process that ends right after its commit of this number, counted from 0: it never hears the answer. */
final class CommitsThenDies implements ZkSessions {
    private final ZkSessions sessions;
    private final int last;
    private int commits;
    private boolean dead;

    CommitsThenDies(ZkSessions sessions, int last) {
        this.sessions = sessions;
        this.last = last;
    }

    boolean isDead() {
        return dead;
    }

    @Override
    public ZkPort open(String actor) {
        return new Port(sessions.open(actor));
    }

    private <T> CompletionStage<T> unlessDead(CompletionStage<T> answer) {
        return dead ? lost() : answer;
    }

    private static <T> CompletionStage<T> lost() {
        return CompletableFuture.failedFuture(new ZkException(ZkException.Code.CONNECTION_LOSS, "/", 0));
    }

    private final class Port implements ZkPort {
        private final ZkPort port;

        Port(ZkPort port) {
            this.port = port;
        }

        @Override
        public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
            if (dead) {
                return lost();
            }
            CompletionStage<List<ZkResult>> answer = port.commit(writes);
            dead = commits == last;
            commits++;
            return unlessDead(answer);
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path) {
            return unlessDead(port.getData(path));
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
            return unlessDead(port.getData(path, watch));
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path) {
            return unlessDead(port.getChildren(path));
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
            return unlessDead(port.getChildren(path, watch));
        }

        @Override
        public CompletionStage<Optional<ZkStat>> exists(String path) {
            return unlessDead(port.exists(path));
        }

        @Override
        public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
            return unlessDead(port.watchRecursively(path, watch));
        }

        @Override
        public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
            return unlessDead(port.unwatch(path, watch));
        }

        @Override
        public void onSession(Consumer<SessionEvent> listener) {
            port.onSession(listener);
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
