package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Plays many seeds, several at a time, up to the first that fails; that one is shrunk. */
public final class Seeds {
    private final Supplier<Candidates> candidates;
    private final int threads;
    private final LongConsumer progress;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong end = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();
    private final SortedMap<Long, Outcome> failed = new TreeMap<>();
    private final SortedMap<String, Long> faults = new TreeMap<>();
    private long events;
    private long steps;

    /**
     * Plays nothing yet.
     *
     * @param candidates makes the plugins to draw from, once for each thread
     * @param progress told after each run how many there were; on any thread
     */
    public Seeds(Supplier<Candidates> candidates, int threads, LongConsumer progress) {
        this.candidates = candidates;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param runs how many seeds were played
     * @param events events in all runs
     * @param steps steps of the protocol in all runs
     * @param faults kind of fault to how often it happened
     * @param failed the first seed that failed, as it was drawn
     * @param shrunk the same after all was left out that it fails without, with what happened
     */
    public record Summary(
            long runs,
            long events,
            long steps,
            SortedMap<String, Long> faults,
            Optional<Outcome> failed,
            Optional<Outcome> shrunk) {}

    /** One run, with each step written down. */
    public static Outcome play(long seed, Candidates candidates) {
        return FaultRun.of(RunGenerator.of(seed, candidates), candidates, true);
    }

    /**
     * Plays {@code count} seeds from {@code first} on. All seeds below the first that fails have been played.
     *
     * @throws InterruptedException where the thread is interrupted; nothing goes on then
     */
    public Summary play(long first, long count) throws InterruptedException {
        next.set(first);
        end.set(first + count);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                tasks.add(this::work);
            }
            for (Future<Void> task : pool.invokeAll(tasks)) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run has ended otherwise than by its own failure", e.getCause());
        } finally {
            end.set(first);
            pool.shutdownNow();
            boolean ended = pool.awaitTermination(1, TimeUnit.SECONDS);
            assert ended || Thread.currentThread().isInterrupted();
        }
        return summary();
    }

    private Void work() {
        Candidates own = candidates.get();
        for (long seed = next.getAndIncrement(); seed < end.get(); seed = next.getAndIncrement()) {
            took(seed, FaultRun.of(RunGenerator.of(seed, own), own, false));
            progress.accept(runs.incrementAndGet());
        }
        return null;
    }

    private synchronized void took(long seed, Outcome outcome) {
        events += outcome.events();
        steps += outcome.steps();
        outcome.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
        if (outcome.failure().isPresent()) {
            failed.put(seed, outcome);
            end.updateAndGet(before -> Math.min(before, seed));
        }
    }

    private synchronized Summary summary() {
        Optional<Outcome> first = failed.isEmpty() ? Optional.empty() : Optional.of(failed.get(failed.firstKey()));
        return new Summary(runs.get(), events, steps, faults, first, first.map(this::shrunk));
    }

    private Outcome shrunk(Outcome outcome) {
        Candidates own = candidates.get();
        return FaultRun.of(Shrinker.of(outcome, own), own, true);
    }
}
