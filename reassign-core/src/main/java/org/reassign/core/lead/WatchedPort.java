package org.reassign.core.lead;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** A session each call of which tells the watchdog that the turn goes on. */
record WatchedPort(ZkPort port, Watchdog watchdog) implements ZkPort {
    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return alive().getData(path);
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return alive().getData(path, watch);
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return alive().getChildren(path);
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return alive().getChildren(path, watch);
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return alive().exists(path);
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return alive().watchRecursively(path, watch);
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return alive().unwatch(path, watch);
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return alive().commit(writes);
    }

    private ZkPort alive() {
        watchdog.alive();
        return port;
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
