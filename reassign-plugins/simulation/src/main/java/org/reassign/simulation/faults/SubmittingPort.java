package org.reassign.simulation.faults;

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

/** A requester's session, as one submission uses it. */
record SubmittingPort(RequesterProcess process, ZkPort session, SubmittedRequest request) implements ZkPort {
    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return process.commit(writes, request);
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return session.getData(path);
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return session.getData(path, watch);
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return session.getChildren(path);
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return session.getChildren(path, watch);
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return session.exists(path);
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return session.watchRecursively(path, watch);
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return session.unwatch(path, watch);
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        session.onSession(listener);
    }

    @Override
    public void close() {
        session.close();
    }
}
