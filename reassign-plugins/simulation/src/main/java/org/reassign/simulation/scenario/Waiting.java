package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkException;

/** Waits; blocks only through the environment, so that virtual time can go on. */
final class Waiting {
    /** How long what has no time limit of its own may take. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** How many stages are begun at once. */
    private static final int CHUNK = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final RunEnvironment environment;
    private final Timers timers;

    Waiting(RunEnvironment environment) {
        this.environment = environment;
        this.timers = environment.timers("observer");
    }

    /** The environment's time. */
    long nowMillis() {
        return timers.nowMillis();
    }

    /** The result of a stage; its failure is thrown as it is. */
    <T> T result(CompletionStage<T> stage, String what) {
        return result(stage, what, LIMIT);
    }

    /** As {@link #result(CompletionStage, String)}, with a time limit of its own. */
    <T> T result(CompletionStage<T> stage, String what, Duration limit) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!environment.await(future::isDone, limit)) {
            throw new StepFailedException(RunReport.Outcome.TIMEOUT, what + " did not end within " + text(limit));
        }
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits for all stages. */
    void all(Collection<? extends CompletionStage<?>> stages, String what) {
        all(stages, what, LIMIT);
    }

    private void all(Collection<? extends CompletionStage<?>> stages, String what, Duration limit) {
        result(
                CompletableFuture.allOf(stages.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new)),
                what,
                limit);
    }

    /** The results of a stage for each item, many at a time; each chunk has the time limit of one result. */
    <K, V> Map<K, V> inChunks(Collection<K> items, Function<K, ? extends CompletionStage<V>> stage, String what) {
        return inChunks(items, stage, what, LIMIT);
    }

    /** As {@link #inChunks(Collection, Function, String)}, with a time limit of its own for each chunk. */
    <K, V> Map<K, V> inChunks(
            Collection<K> items, Function<K, ? extends CompletionStage<V>> stage, String what, Duration limit) {
        Map<K, V> results = new HashMap<>();
        List<K> all = List.copyOf(items);
        for (int from = 0; from < all.size(); from += CHUNK) {
            Map<K, CompletionStage<V>> stages = new HashMap<>();
            all.subList(from, Math.min(all.size(), from + CHUNK)).forEach(item -> stages.put(item, stage.apply(item)));
            all(stages.values(), what, limit);
            stages.forEach(
                    (item, done) -> results.put(item, done.toCompletableFuture().join()));
        }
        return results;
    }

    /** Lets time pass. */
    void sleep(Duration duration) {
        environment.await(() -> false, duration);
    }

    /** Looks until the condition holds; false after the timeout. */
    boolean until(Duration timeout, Supplier<CompletableFuture<Boolean>> look) {
        Looking looking = new Looking(look);
        looking.look();
        try {
            boolean held = environment.await(() -> looking.end.get().isPresent(), timeout);
            return held && looking.end.get().orElseThrow().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            looking.end.compareAndSet(Optional.empty(), Optional.of(CompletableFuture.completedFuture(false)));
        }
    }

    /** {@code 30 s}. */
    static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** Looks repeatedly; ends with the first look that succeeds or fails. */
    private final class Looking {
        private final Supplier<CompletableFuture<Boolean>> look;
        private final AtomicReference<Optional<CompletableFuture<Boolean>>> end =
                new AtomicReference<>(Optional.empty());

        Looking(Supplier<CompletableFuture<Boolean>> look) {
            this.look = look;
        }

        void look() {
            if (end.get().isPresent()) {
                return;
            }
            look.get().whenComplete((found, failure) -> {
                if (failure != null && !passes(failure)) {
                    end.set(Optional.of(CompletableFuture.failedFuture(failure)));
                } else if (failure == null && found) {
                    end.set(Optional.of(CompletableFuture.completedFuture(true)));
                } else {
                    timers.after(PAUSE, this::look);
                }
            });
        }

        private boolean passes(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof ZkException zk && zk.code() == ZkException.Code.CONNECTION_LOSS;
        }
    }
}
