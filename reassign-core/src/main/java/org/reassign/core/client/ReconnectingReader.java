package org.reassign.core.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkStat;

/**
 * Reads through a session and repeats what fails because the connection broke, once it is back. What is read after a lost
 * session fails; so does what lost its connection twenty times.
 */
public final class ReconnectingReader implements ZkReader {
    private final ZkPort zk;
    private final ReconnectingCalls calls;

    /** Reads through this session, which stays the caller's. */
    public ReconnectingReader(ZkPort zk) {
        this(zk, new ReconnectingCalls(zk));
    }

    ReconnectingReader(ZkPort zk, ReconnectingCalls calls) {
        this.zk = zk;
        this.calls = calls;
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return calls.perform(() -> zk.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return calls.perform(() -> zk.getData(path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return calls.perform(() -> zk.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return calls.perform(() -> zk.getChildren(path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return calls.perform(() -> zk.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return calls.perform(() -> zk.watchRecursively(path, watch));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return calls.perform(() -> zk.unwatch(path, watch));
    }
}
