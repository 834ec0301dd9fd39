package org.reassign.plugin.kafkabrokers.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs what blocks, each on a thread of its own; closing interrupts all, and waits a while for their end. */
final class LabTasks implements AutoCloseable {
    private static final int END_SECONDS = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "lab");
        made.setDaemon(true);
        return made;
    });

    /** The stage of a task; it fails with what the task throws. */
    CompletionStage<Void> run(Runnable task) {
        return call(() -> {
            task.run();
            return null;
        });
    }

    /** The same with a result. */
    <T> CompletionStage<T> call(Supplier<T> task) {
        try {
            CompletableFuture<T> done = new CompletableFuture<>();
            threads.execute(() -> {
                try {
                    done.complete(task.get());
                } catch (RuntimeException | Error e) {
                    done.completeExceptionally(e);
                }
            });
            return done;
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("the gateway of these brokers is closed", closed));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            var unused = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
