package org.reassign.simulation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.reassign.simulation.Disturbance.Effect;

/** The controller's session, every call of which but one is an effect that may be disturbed. */
record DisturbedPort(ZkPort port, Disturbance disturbance) implements ZkPort {
    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return effect("getData ", path, () -> port.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return effect("getData ", path, () -> port.getData(path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return effect("getChildren ", path, () -> port.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return effect("getChildren ", path, () -> port.getChildren(path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return effect("exists ", path, () -> port.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return effect("watch ", path, () -> port.watchRecursively(path, watch));
    }

    /** Changes nothing that anybody could read, and is called when a session is closed, too: not disturbed. */
    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return port.unwatch(path, watch);
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        String paths = writes.stream()
                .map(write -> write.getClass().getSimpleName() + " " + write.path())
                .toList()
                .toString();
        return effect("commit ", paths, () -> port.commit(writes));
    }

    private <T> CompletionStage<T> effect(String what, String path, Supplier<CompletionStage<T>> call) {
        Effect effect = new Effect(
                what + path, OptionalInt.empty(), () -> new ZkException(ZkException.Code.CONNECTION_LOSS, path, 0));
        return disturbance.effect(effect, call);
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        port.onSession(listener);
    }

    /** A process that has ended closes nothing: its session stands until it expires. */
    @Override
    public void close() {
        if (!disturbance.dead()) {
            port.close();
        }
    }
}
