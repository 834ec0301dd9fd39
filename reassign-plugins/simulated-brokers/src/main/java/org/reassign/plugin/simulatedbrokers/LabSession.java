package org.reassign.plugin.simulatedbrokers;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSessions;

/**
 * The lab's session with ZooKeeper, opened when it is first needed and again after it was lost. What waits for a change
 * waits on while the connection is broken, and in the next session: a lost session takes its watches with it and never
 * says so by them.
 */
final class LabSession {
    private static final Duration RETRY_DELAY = Duration.ofMillis(100);

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
        } catch (ZkException unreachable) {
            lookLater(wait);
            return;
        }
        zk.then(zk.getData(wait.path(), () -> look(wait)), (node, failure) -> {
            if (failure == null) {
                wait.look().accept(node);
            } else if (Session.code(failure) == ZkException.Code.CONNECTION_LOSS) {
                lookLater(wait);
            } else if (Session.code(failure) != ZkException.Code.SESSION_EXPIRED) {
                wait.done().completeExceptionally(failure);
            }
        });
    }

    private void lookLater(Wait wait) {
        timers.after(RETRY_DELAY, () -> look(wait));
    }

    /**
     * The answer of calls that may be repeated, in the session as it stands. They are repeated until they are answered,
     * in the next session where this one is lost.
     */
    <T> CompletionStage<T> repeat(Function<Session, CompletionStage<T>> calls) {
        CompletionStage<T> answer;
        try {
            answer = calls.apply(now());
        } catch (ZkException unreachable) {
            answer = CompletableFuture.failedStage(unreachable);
        }
        return Session.recover(
                answer,
                failure -> isBroken(failure) && !closed
                        ? later().thenCompose(waited -> repeat(calls))
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isBroken(Throwable failure) {
        return failure instanceof ZkException e
                && (e.code() == ZkException.Code.CONNECTION_LOSS || e.code() == ZkException.Code.SESSION_EXPIRED);
    }

    private CompletionStage<Void> later() {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        timers.after(RETRY_DELAY, () -> waited.complete(null));
        return waited;
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
