package org.reassign.plugin.simulatedbrokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** A session with ZooKeeper whose results and events come on the brokers' thread. */
final class Session {
    /** Transactions are kept far below {@link ZkPort#MAX_BYTES}, so that other traffic gets its turn. */
    private static final int TRANSACTION_BYTES = 200_000;
    /** More than what a write carries besides its path and data. */
    private static final int WRITE_OVERHEAD_BYTES = 100;

    private final ZkPort port;
    private final Timers timers;

    Session(ZkPort port, Timers timers) {
        this.port = port;
        this.timers = timers;
    }

    CompletionStage<Optional<ZkNode>> getData(String path) {
        return here(port.getData(path));
    }

    /** Reads and leaves a one-shot watch. */
    CompletionStage<Optional<ZkNode>> getData(String path, Runnable changed) {
        return here(port.getData(path, event -> timers.run(changed)));
    }

    CompletionStage<List<String>> getChildren(String path) {
        return here(port.getChildren(path)).thenApply(names -> names.orElse(List.of()));
    }

    CompletionStage<Optional<ZkStat>> exists(String path) {
        return here(port.exists(path));
    }

    CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return here(port.commit(writes));
    }

    /** Commits; where a parent is missing, makes these paths, in order, and commits again. */
    CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes, List<String> parents) {
        return recover(commit(writes), failure -> {
            if (code(failure) != ZkException.Code.NO_NODE) {
                return CompletableFuture.failedStage(failure);
            }
            CompletionStage<List<ZkResult>> made = CompletableFuture.completedStage(List.of());
            for (String parent : parents) {
                made = made.thenCompose(before -> make(parent));
            }
            return made.thenCompose(before -> commit(writes));
        });
    }

    /** Commits in order as transactions of moderate size, each awaited; what was done before a failure stays done. */
    CompletionStage<Void> commitInChunks(List<ZkWrite> writes) {
        CompletionStage<List<ZkResult>> done = CompletableFuture.completedStage(List.of());
        for (List<ZkWrite> chunk : chunks(writes)) {
            done = done.thenCompose(before -> commit(chunk));
        }
        return done.thenAccept(last -> {});
    }

    /**
     * Ends a chain of calls: the handler runs as a task of its own, with a value or a failure, so that what it throws
     * reaches whoever runs the tasks instead of vanishing in a stage.
     */
    <T> void then(CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> handler) {
        stage.whenComplete(
                (value, failure) -> timers.run(() -> handler.accept(value, failure == null ? null : cause(failure))));
    }

    /** Calls back once the session is gone. */
    void onLost(Runnable lost) {
        port.onSession(event -> {
            if (event == ZkPort.SessionEvent.LOST) {
                timers.run(lost);
            }
        });
    }

    void close() {
        port.close();
    }

    /** Which failure of ZooKeeper's this is; any other failure is thrown on, for it is a defect. */
    static ZkException.Code code(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ZkException zk) {
            return zk.code();
        }
        throw new IllegalStateException("a session failed with what is no failure of ZooKeeper's", cause);
    }

    /** The failure itself, without the wrapping of stages. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** A stage that, where the first one fails, goes on as {@code otherwise} says. */
    static <T> CompletionStage<T> recover(CompletionStage<T> stage, Function<Throwable, CompletionStage<T>> otherwise) {
        return stage.handle((value, failure) ->
                        failure == null ? CompletableFuture.completedStage(value) : otherwise.apply(cause(failure)))
                .thenCompose(next -> next);
    }

    static List<List<ZkWrite>> chunks(List<ZkWrite> writes) {
        List<List<ZkWrite>> chunks = new ArrayList<>();
        List<ZkWrite> chunk = new ArrayList<>();
        int bytes = 0;
        for (ZkWrite write : writes) {
            int more = write.path().length() + write.data().length + WRITE_OVERHEAD_BYTES;
            if (!chunk.isEmpty() && bytes + more > TRANSACTION_BYTES) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(write);
            bytes += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private CompletionStage<List<ZkResult>> make(String path) {
        return recover(
                commit(List.of(ZkWrite.create(path, ""))),
                failure -> code(failure) == ZkException.Code.NODE_EXISTS
                        ? CompletableFuture.completedStage(List.of())
                        : CompletableFuture.failedStage(failure));
    }

    private <T> CompletionStage<T> here(CompletionStage<T> stage) {
        CompletableFuture<T> here = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> timers.run(() -> {
            if (failure == null) {
                here.complete(value);
            } else {
                here.completeExceptionally(cause(failure));
            }
        }));
        return here;
    }
}
