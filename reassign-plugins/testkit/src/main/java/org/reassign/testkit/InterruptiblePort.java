package org.reassign.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/**
 * A session whose connection can be broken: until it is restored, calls fail and arm no watch. Recursive watches are
 * unsupported, as in ZooKeeper before 3.6, unless they are allowed.
 */
final class InterruptiblePort implements ZkPort {
    private final ZkPort port;
    private final boolean watchesRecursively;
    private final CompletableFuture<Void> broke = new CompletableFuture<>();
    private volatile boolean broken;
    private volatile Optional<String> fragile = Optional.empty();

    InterruptiblePort(ZkPort port, boolean watchesRecursively) {
        this.port = port;
        this.watchesRecursively = watchesRecursively;
    }

    void breakConnection() {
        broken = true;
        broke.complete(null);
    }

    /** Breaks the connection as soon as this znode is read. */
    void breakConnectionAtReadOf(String path) {
        fragile = Optional.of(path);
    }

    void restoreConnection() {
        fragile = Optional.empty();
        broken = false;
    }

    /** Completes when the connection breaks for the first time. */
    CompletionStage<Void> broke() {
        return broke;
    }

    private <T> CompletionStage<T> unlessBroken(String path, Supplier<CompletionStage<T>> call) {
        if (fragile.filter(path::equals).isPresent()) {
            breakConnection();
        }
        return broken
                ? CompletableFuture.failedFuture(new ZkException(ZkException.Code.CONNECTION_LOSS, path, 0))
                : call.get();
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return unlessBroken(path, () -> port.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return unlessBroken(path, () -> port.getData(path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return unlessBroken(path, () -> port.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return unlessBroken(path, () -> port.getChildren(path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return unlessBroken(path, () -> port.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return unlessBroken(
                path,
                () -> watchesRecursively
                        ? port.watchRecursively(path, watch)
                        : CompletableFuture.failedFuture(new ZkException(ZkException.Code.UNSUPPORTED, path, 0)));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return port.unwatch(path, watch);
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        String path = writes.isEmpty() ? "/" : writes.get(0).path();
        return unlessBroken(path, () -> port.commit(writes));
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
