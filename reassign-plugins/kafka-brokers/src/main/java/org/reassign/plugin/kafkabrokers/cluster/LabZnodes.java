package org.reassign.plugin.kafkabrokers.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkPort.SessionEvent;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;

/**
 * The lab's session with ZooKeeper, opened when it is first needed and again after it was lost. Its calls block, and may
 * be made from any thread but those of the session.
 */
public final class LabZnodes implements AutoCloseable {
    /** How often is looked again where no event came, since a lost session takes its watches with it. */
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final ZkSessions sessions;
    private Optional<ZkPort> session = Optional.empty();

    /** Nothing is opened yet. */
    public LabZnodes(ZkSessions sessions) {
        this.sessions = sessions;
    }

    private synchronized ZkPort session() {
        if (session.isEmpty()) {
            ZkPort opened = sessions.open("lab");
            opened.onSession(event -> {
                if (event == SessionEvent.LOST) {
                    lost(opened);
                }
            });
            session = Optional.of(opened);
        }
        return session.get();
    }

    private synchronized void lost(ZkPort which) {
        session = session.filter(current -> current != which);
    }

    /** Reads a znode. */
    Optional<ZkNode> read(String path) {
        return done(session().getData(path));
    }

    /** The names below a znode; none where it does not exist. */
    List<String> children(String path) {
        return done(session().getChildren(path)).orElse(List.of());
    }

    /** Performs writes as one transaction. */
    void write(ZkWrite... writes) {
        var unused = done(session().commit(List.of(writes)));
    }

    /** Makes a znode with its parents, or replaces its text. */
    void put(String path, String text) {
        ZkWrite write =
                read(path).isPresent() ? ZkWrite.setData(path, text, ZkWrite.ANY_VERSION) : ZkWrite.create(path, text);
        try {
            write(write);
        } catch (ZkException e) {
            if (e.code() == ZkException.Code.NO_NODE) {
                makeParent(path);
            } else if (e.code() != ZkException.Code.NODE_EXISTS) {
                throw e;
            }
            put(path, text);
        }
    }

    private void makeParent(String path) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        try {
            write(ZkWrite.create(parent, ""));
        } catch (ZkException e) {
            if (e.code() == ZkException.Code.NO_NODE) {
                makeParent(parent);
                makeParent(path);
            } else if (e.code() != ZkException.Code.NODE_EXISTS) {
                throw e;
            }
        }
    }

    /**
     * Waits until a znode is as it should be.
     *
     * @param stop what ends the wait early, when it completes
     * @param complaint says what has been found instead
     * @throws IllegalStateException with the complaint after the limit, and where it was stopped
     */
    Optional<ZkNode> await(
            String path,
            Predicate<Optional<ZkNode>> holds,
            Duration limit,
            CompletableFuture<?> stop,
            Function<Optional<ZkNode>, String> complaint) {
        long deadline = System.nanoTime() + limit.toNanos();
        Optional<ZkNode> found = Optional.empty();
        while (true) {
            CompletableFuture<Object> changed = new CompletableFuture<>();
            try {
                found = done(session().getData(path, changed::complete));
                if (holds.test(found)) {
                    return found;
                }
            } catch (ZkException e) {
                throwUnlessBroken(e);
            }
            if (stop.isDone() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(complaint.apply(found));
            }
            rest(CompletableFuture.anyOf(changed, stop));
        }
    }

    private static void throwUnlessBroken(ZkException e) {
        if (e.code() != ZkException.Code.CONNECTION_LOSS && e.code() != ZkException.Code.SESSION_EXPIRED) {
            throw e;
        }
    }

    private static void rest(CompletableFuture<Object> changed) {
        try {
            var unused = changed.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException lookAgain) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the lab was closed", e);
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ZkException failure ? failure : e;
        }
    }

    /** Ends the session, if there is one. */
    @Override
    public synchronized void close() {
        session.ifPresent(ZkPort::close);
        session = Optional.empty();
    }
}
