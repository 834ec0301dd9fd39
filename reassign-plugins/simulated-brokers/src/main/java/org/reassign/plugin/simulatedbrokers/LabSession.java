package org.reassign.plugin.simulatedbrokers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSessions;

/**
 * The lab's session with ZooKeeper, opened when it is first needed and again after it was lost. What waits for a change
 * waits on in the next session: a lost session takes its watches with it and never says so by them.
 */
final class LabSession {
    private final ZkSessions sessions;
    private final Timers timers;
    private final Set<Wait> waits = new LinkedHashSet<>();
    private Optional<Session> session = Optional.empty();
    private boolean closed;

    private record Wait(String path, Consumer<Optional<ZkNode>> look, CompletableFuture<Void> done) {}

    LabSession(ZkSessions sessions, Timers timers) {
        this.sessions = sessions;
        this.timers = timers;
    }

    boolean closed() {
        return closed;
    }

    /**
     * The session as it stands.
     *
     * @throws ZkException where a new one is needed and no server answers
     */
    Session now() {
        if (session.isEmpty()) {
            Session opened = new Session(sessions.open("lab"), timers);
            opened.onLost(() -> lost(opened));
            session = Optional.of(opened);
        }
        return session.get();
    }

    /** Looks at a znode now and after each change until {@code done} is; it fails where the znode cannot be read. */
    void watch(String path, Consumer<Optional<ZkNode>> look, CompletableFuture<Void> done) {
        Wait wait = new Wait(path, look, done);
        waits.add(wait);
        done.whenComplete((value, failure) -> waits.remove(wait));
        look(wait);
    }

    private void look(Wait wait) {
        if (closed || wait.done().isDone()) {
            return;
        }
        Session zk;
        try {
            zk = now();
        } catch (ZkException e) {
            wait.done().completeExceptionally(e);
            return;
        }
        zk.then(zk.getData(wait.path(), () -> look(wait)), (node, failure) -> {
            if (failure == null) {
                wait.look().accept(node);
            } else if (Session.code(failure) != ZkException.Code.SESSION_EXPIRED) {
                wait.done().completeExceptionally(failure);
            }
        });
    }

    private void lost(Session which) {
        if (!closed && session.filter(current -> current == which).isPresent()) {
            session = Optional.empty();
            List.copyOf(waits).forEach(this::look);
        }
    }

    /** Closes the session; what still waits fails. */
    void close() {
        closed = true;
        session.ifPresent(Session::close);
        List.copyOf(waits).forEach(wait -> wait.done().completeExceptionally(closing()));
    }

    static IllegalStateException closing() {
        return new IllegalStateException("the gateway of these brokers is closed");
    }
}
