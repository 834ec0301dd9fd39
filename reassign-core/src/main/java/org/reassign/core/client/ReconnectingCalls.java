package org.reassign.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;

/**
 * Repeats calls whose connection broke, each time after the session is connected again. A call that is repeated may have
 * been done before: it must be one for which that does no harm.
 */
final class ReconnectingCalls {
    /** How often the connection may break during one call. */
    private static final int ATTEMPTS = 20;

    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private int reconnections;
    private boolean lost;

    ReconnectingCalls(ZkPort zk) {
        zk.onSession(this::changed);
    }

    /** The answer; fails with {@link ZkException} as the call does, except while its connection can come back. */
    <T> CompletionStage<T> perform(Supplier<CompletionStage<T>> call) {
        return perform(call, ATTEMPTS);
    }

    private <T> CompletionStage<T> perform(Supplier<CompletionStage<T>> call, int attempts) {
        int before = reconnections();
        return call.get()
                .handle((answer, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(answer);
                    }
                    Throwable cause = cause(failure);
                    return attempts > 1 && is(cause, ZkException.Code.CONNECTION_LOSS)
                            ? reconnected(before).thenCompose(connected -> perform(call, attempts - 1))
                            : CompletableFuture.<T>failedStage(cause);
                })
                .thenCompose(Function.identity());
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    static boolean is(Throwable failure, ZkException.Code code) {
        return failure instanceof ZkException e && e.code() == code;
    }

    private synchronized int reconnections() {
        return reconnections;
    }

    /** Completes at the next reconnection or loss after so many reconnections; calls fail at once after a loss. */
    private synchronized CompletionStage<Void> reconnected(int before) {
        if (lost || reconnections > before) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        waiting.add(end);
        return end;
    }

    private void changed(ZkPort.SessionEvent event) {
        List<CompletableFuture<Void>> woken;
        synchronized (this) {
            if (event == ZkPort.SessionEvent.SUSPENDED) {
                return;
            }
            reconnections++;
            lost |= event == ZkPort.SessionEvent.LOST;
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(end -> end.complete(null));
    }
}
