package org.reassign.plugin.isrwatchers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** A session whose calls at chosen paths fail, or wait until the test lets them through. For one thread. */
final class HeldPort implements ZkPort {
    private final ZkPort port;
    private final Map<String, Code> refused = new HashMap<>();
    private final Set<String> holding = new HashSet<>();
    private final Queue<Held<?>> held = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();

    HeldPort(ZkPort port) {
        this.port = port;
    }

    /** Calls at this path fail from now on. */
    void refuse(String path, Code code) {
        refused.put(path, code);
    }

    /** Calls at this path wait from now on. */
    void hold(String path) {
        holding.add(path);
    }

    /** Calls at all paths go through from now on; those that wait go on waiting. */
    void pass() {
        refused.clear();
        holding.clear();
    }

    /** Performs the call that has waited longest. */
    void answerOldest() {
        held.remove().perform();
    }

    /** Fails the call that has waited longest. */
    void failOldest() {
        held.remove().fail();
    }

    /** How many calls wait. */
    int waiting() {
        return held.size();
    }

    /** How often this path was read, listed or watched, whether it could be done or not. */
    long callsAt(String path) {
        return calls.stream().filter(path::equals).count();
    }

    private <T> CompletionStage<T> call(String path, Supplier<CompletionStage<T>> call) {
        calls.add(path);
        if (refused.containsKey(path)) {
            return CompletableFuture.failedFuture(new ZkException(refused.get(path), path, 0));
        }
        if (!holding.contains(path)) {
            return call.get();
        }
        Held<T> waiting = new Held<>(path, call, new CompletableFuture<>());
        held.add(waiting);
        return waiting.answer;
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return call(path, () -> port.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return call(path, () -> port.getData(path, watch));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return call(path, () -> port.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return call(path, () -> port.getChildren(path, watch));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return call(path, () -> port.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return call(path, () -> port.watchRecursively(path, watch));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return port.unwatch(path, watch);
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return port.commit(writes);
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        port.onSession(listener);
    }

    @Override
    public void close() {
        port.close();
    }

    private record Held<T>(String path, Supplier<CompletionStage<T>> call, CompletableFuture<T> answer) {
        void perform() {
            call.get().thenAccept(answer::complete);
        }

        void fail() {
            answer.completeExceptionally(new ZkException(Code.CONNECTION_LOSS, path, 0));
        }
    }
}
