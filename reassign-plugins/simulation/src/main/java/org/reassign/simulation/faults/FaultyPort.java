package org.reassign.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
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
 * A controller's session. Every call is an effect. While the connection is broken calls fail, and what watches saw comes
 * when it is back; a recursive watch, as ZooKeeper has it, is never told.
 */
final class FaultyPort implements ZkPort {
    private final ControllerProcess process;
    private final SimulatedWorld world;
    private final String actor;
    private final ZkPort raw;
    private final ZkPort port;
    private final List<Consumer<SessionEvent>> listeners = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean suspended;
    private boolean lost;
    private boolean closed;

    FaultyPort(ControllerProcess process, SimulatedWorld world, String actor) {
        this.process = process;
        this.world = world;
        this.actor = actor;
        this.raw = world.zooKeeper().open(actor);
        this.port = world.observed(actor, raw);
        port.onSession(event -> arrived());
    }

    String actor() {
        return actor;
    }

    ControllerProcess process() {
        return process;
    }

    /** The session has expired, and nobody is told before the connection is back. */
    private void arrived() {
        lost = true;
        if (!suspended) {
            tell(SessionEvent.LOST);
        }
    }

    private void tell(SessionEvent event) {
        if (!process.dead() && !closed) {
            List.copyOf(listeners).forEach(listener -> listener.accept(event));
        }
    }

    void suspend() {
        if (!suspended && !lost) {
            suspended = true;
            world.expireLater(raw, () -> suspended);
            world.time().run(() -> {
                if (suspended) {
                    tell(SessionEvent.SUSPENDED);
                }
            });
        }
    }

    void resume() {
        if (!suspended) {
            return;
        }
        suspended = false;
        if (lost) {
            tell(SessionEvent.LOST);
            return;
        }
        tell(SessionEvent.RECONNECTED);
        List<Runnable> late = List.copyOf(held);
        held.clear();
        late.forEach(Runnable::run);
    }

    void expire() {
        world.zooKeeper().expire(raw);
    }

    void lag(int millis) {
        world.zooKeeper().lag(raw);
        world.time().after(Duration.ofMillis(millis), () -> world.zooKeeper().catchUp(raw));
    }

    /** The process has ended: nobody closes the session. */
    void abandon() {
        closed = true;
        world.expireLater(raw, () -> true);
    }

    /** What a watch saw; equal for equal watches, so that ZooKeeper calls them once. */
    private record Watch(FaultyPort port, Consumer<ZkEvent> watch, boolean recursive) implements Consumer<ZkEvent> {
        @Override
        public void accept(ZkEvent event) {
            if (port.process.dead() || port.closed) {
                return;
            }
            if (!port.suspended) {
                watch.accept(event);
            } else if (!recursive) {
                port.held.add(() -> watch.accept(event));
            }
        }
    }

    private <T> CompletionStage<T> call(String what, Supplier<CompletionStage<T>> call) {
        return process.effect(what, true, () -> suspended ? failed(what) : call.get());
    }

    private static <T> CompletionStage<T> failed(String what) {
        return CompletableFuture.failedStage(new ZkException(ZkException.Code.CONNECTION_LOSS, what, 0));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return call("getData " + path, () -> port.getData(path));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        return call("getData " + path, () -> port.getData(path, new Watch(this, watch, false)));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return call("getChildren " + path, () -> port.getChildren(path));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        return call("getChildren " + path, () -> port.getChildren(path, new Watch(this, watch, false)));
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return call("exists " + path, () -> port.exists(path));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        return call("watch " + path, () -> port.watchRecursively(path, new Watch(this, watch, true)));
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        return process.effect("unwatch " + path, true, () -> port.unwatch(path, new Watch(this, watch, false)));
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        String what = writes.isEmpty()
                ? "commit"
                : "commit " + writes.get(writes.size() - 1).path();
        return call(what, () -> {
            CompletionStage<List<ZkResult>> answer = port.commit(writes);
            if (!answer.toCompletableFuture().isCompletedExceptionally()) {
                world.committed(this, writes);
            }
            return answer;
        });
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        listeners.add(listener);
        if (lost && !suspended) {
            world.time().run(() -> listener.accept(SessionEvent.LOST));
        }
    }

    /** Whose connection is broken cannot say goodbye: the session stands until it expires. */
    @Override
    public void close() {
        if (closed || process.dead()) {
            return;
        }
        closed = true;
        process.closed(this);
        if (suspended) {
            world.expireLater(raw, () -> true);
        } else {
            port.close();
        }
    }
}
