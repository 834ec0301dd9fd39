package org.reassign.core.meter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** A port that counts: each call when it is answered, before the caller learns of it. */
final class MeteredPort implements ZkPort {
    private final ZkPort port;
    private final Tally tally;
    private final OutstandingWatches outstanding;

    MeteredPort(ZkPort port, Tally tally) {
        this.port = port;
        this.tally = tally;
        this.outstanding = new OutstandingWatches(tally);
        port.onSession(event -> {
            if (event == SessionEvent.LOST) {
                outstanding.end();
            }
        });
    }

    ZkPort port() {
        return port;
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path) {
        return counted(port.getData(path), (node, failure) -> read(OperationType.GET_DATA, path, failure));
    }

    @Override
    public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
        OutstandingWatches.Watch counting = outstanding.add(OutstandingWatches.Kind.DATA, path, watch);
        return counted(port.getData(path, counting.watcher()), (node, failure) -> {
            counting.settle(failure == null);
            read(OperationType.GET_DATA, path, failure);
            if (failure == null && node.isEmpty()) {
                read(OperationType.EXISTS, path, null);
            }
        });
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path) {
        return counted(port.getChildren(path), (names, failure) -> read(OperationType.GET_CHILDREN, path, failure));
    }

    @Override
    public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
        OutstandingWatches.Watch counting = outstanding.add(OutstandingWatches.Kind.CHILDREN, path, watch);
        return counted(port.getChildren(path, counting.watcher()), (names, failure) -> {
            counting.settle(failure == null && names.isPresent());
            read(OperationType.GET_CHILDREN, path, failure);
        });
    }

    @Override
    public CompletionStage<Optional<ZkStat>> exists(String path) {
        return counted(port.exists(path), (stat, failure) -> read(OperationType.EXISTS, path, failure));
    }

    @Override
    public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
        OutstandingWatches.Watch counting = outstanding.add(OutstandingWatches.Kind.RECURSIVE, path, watch);
        return counted(port.watchRecursively(path, counting.watcher()), (nothing, failure) -> {
            counting.settle(failure == null);
            read(OperationType.ADD_WATCH, path, failure);
        });
    }

    @Override
    public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
        OutstandingWatches.Watcher counting = new OutstandingWatches.Watcher(outstanding, false, path, watch);
        int removals = outstanding.takeBack(counting);
        return counted(port.unwatch(path, counting), (nothing, failure) -> {
            for (int i = 0; i < removals; i++) {
                read(OperationType.REMOVE_WATCHES, path, failure);
            }
        });
    }

    @Override
    public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
        return counted(port.commit(writes), (results, failure) -> {
            if (!writes.isEmpty() && wasSent(failure) && !(failure != null && failure.code() == Code.TOO_LARGE)) {
                wrote(writes);
            }
        });
    }

    @Override
    public void onSession(Consumer<SessionEvent> listener) {
        port.onSession(listener);
    }

    @Override
    public void close() {
        port.close();
        outstanding.end();
    }

    private void read(OperationType type, String path, ZkException failure) {
        if (wasSent(failure)) {
            tally.operation(type, path);
            tally.roundTrip();
        }
    }

    private void wrote(List<ZkWrite> writes) {
        for (ZkWrite write : writes) {
            tally.operation(OperationType.of(write), write.path());
            if (write instanceof ZkWrite.Create || write instanceof ZkWrite.SetData) {
                tally.written(write.data().length);
            }
        }
        if (writes.size() > 1 || writes.get(0) instanceof ZkWrite.Check) {
            tally.transaction();
        }
        tally.roundTrip();
    }

    private static boolean wasSent(ZkException failure) {
        return failure == null || failure.code() != Code.SESSION_EXPIRED;
    }

    private <T> CompletionStage<T> counted(CompletionStage<T> answer, Counter<T> counter) {
        CompletableFuture<T> told = new CompletableFuture<>();
        answer.whenComplete((value, thrown) -> {
            if (thrown == null) {
                counter.count(value, null);
                told.complete(value);
                return;
            }
            tally.failure();
            if (thrown instanceof ZkException failure) {
                counter.count(null, failure);
            }
            told.completeExceptionally(thrown);
        });
        return told;
    }

    /** Counts an answered call; the value is null where it failed, the failure where it did not. */
    private interface Counter<T> {
        void count(T value, ZkException failure);
    }
}
