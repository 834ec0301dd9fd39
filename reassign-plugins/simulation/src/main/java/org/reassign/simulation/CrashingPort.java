package org.reassign.simulation;

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

/** The controller's session, every call of which is an effect that it may end at. */
record CrashingPort(ZkPort port, CrashPoint crash) implements ZkPort {
    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return crash.effect("getData " + path, () -> port.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return crash.effect("getData " + path, () -> port.getData(path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return crash.effect("getChildren " + path, () -> port.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return crash.effect("getChildren " + path, () -> port.getChildren(path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return crash.effect("exists " + path, () -> port.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return crash.effect("watch " + path, () -> port.watchRecursively(path, watch));
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        String paths = writes.stream()
                .map(write -> write.getClass().getSimpleName() + " " + write.path())
                .toList()
                .toString();
        return crash.effect("commit " + paths, () -> port.commit(writes));
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
