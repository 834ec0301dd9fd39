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
final class OneMoreRead {
    private final Supplier<CompletionStage<Void>> read;
    private CompletableFuture<Void> underWay;
    private CompletableFuture<Void> oneMore;

    /** Nothing is read yet; the read is to return a stage that completes once what it brought has been passed on. */
    OneMoreRead(Supplier<CompletionStage<Void>> read) {
        this.read = read;
    }

    /** Completes, or fails, as a read that begins no earlier than now. */
    CompletableFuture<Void> ask() {
        CompletableFuture<Void> first;
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

    private void begin(CompletableFuture<Void> asked) {
        read.get().whenComplete((done, failure) -> {
            CompletableFuture<Void> next = next();
            if (next != null) {
                begin(next);
            }
            if (failure == null) {
                asked.complete(null);
                return;
            }
            asked.completeExceptionally(failure);
        });
    }

    private synchronized CompletableFuture<Void> next() {
        underWay = oneMore;
        oneMore = null;
        return underWay;
    }
}
