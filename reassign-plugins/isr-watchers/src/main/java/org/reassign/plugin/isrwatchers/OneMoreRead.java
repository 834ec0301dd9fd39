package org.reassign.plugin.isrwatchers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads one thing, one read at a time: all that ask while one is under way share one more, made afterwards, since what is
 * on its way may be older than what they ask for.
 *
 * <p>Called by the core's thread and the port's; its monitor is held for assignments only, never while calling out.
 */
final class OneMoreRead<T> {
    private final Supplier<CompletionStage<T>> read;
    private CompletableFuture<T> underWay;
    private CompletableFuture<T> oneMore;

    /** Nothing is read yet. */
    OneMoreRead(Supplier<CompletionStage<T>> read) {
        this.read = read;
    }

    /** Completes, or fails, as a read that begins no earlier than now; the next begins before that. */
    CompletableFuture<T> ask() {
        CompletableFuture<T> first;
        synchronized (this) {
            if (underWay != null) {
                oneMore = oneMore == null ? new CompletableFuture<>() : oneMore;
                return oneMore;
            }
            first = new CompletableFuture<>();
            underWay = first;
        }
        begin(first);
        return first;
    }

    private void begin(CompletableFuture<T> asked) {
        read.get().whenComplete((done, failure) -> {
            CompletableFuture<T> next = next();
            if (next != null) {
                begin(next);
            }
            if (failure == null) {
                asked.complete(done);
                return;
            }
            asked.completeExceptionally(failure);
        });
    }

    private synchronized CompletableFuture<T> next() {
        underWay = oneMore;
        oneMore = null;
        return underWay;
    }
}
