package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reassign.simulation.scenario.RunReport;

/** Executes many runs, one after another or a few at once. Each warning is printed once. */
final class ComparisonRunner implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final PrintWriter err;
    private final ExecutorService executor;
    private final Backends backends = new Backends();
    private final RealBrokers realBrokers = new RealBrokers(this::note);
    private final Set<String> warned = new LinkedHashSet<>();
    private int done;

    ComparisonRunner(int parallel, PrintWriter err) {
        this.err = err;
        this.executor = Executors.newFixedThreadPool(parallel);
    }

    /**
     * The reports of the rows, each with its repetitions. Each row is run once before any is run again, so that what
     * changes in the meantime falls on all of them alike. The first run that throws ends all.
     */
    List<RunReport> run(List<List<PlannedRun>> rows) {
        int repeat = rows.get(0).size();
        List<List<Future<RunReport>>> playing = new ArrayList<>();
        rows.forEach(row -> playing.add(new ArrayList<>()));
        for (int round = 0; round < repeat; round++) {
            for (int row = 0; row < rows.size(); row++) {
                PlannedRun run = rows.get(row).get(round);
                playing.get(row).add(executor.submit(() -> play(run, rows.size() * repeat)));
            }
        }
        return inOrderOfSubmission(playing);
    }

    /** A run that throws is to be known before those after it have ended. */
    private static List<RunReport> inOrderOfSubmission(List<List<Future<RunReport>>> playing) {
        for (int round = 0; round < playing.get(0).size(); round++) {
            for (List<Future<RunReport>> row : playing) {
                var unused = result(row.get(round));
            }
        }
        return playing.stream()
                .flatMap(List::stream)
                .map(ComparisonRunner::result)
                .toList();
    }

    private static RunReport result(Future<RunReport> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            throw new InterruptedRun(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private RunReport play(PlannedRun run, int all) {
        try {
            return run.isOnRealBrokers()
                    ? realBrokers.play(run.scenario(), run.plugins(), backend -> play(run, backend))
                    : play(run);
        } finally {
            progress(all);
        }
    }

    private RunReport play(PlannedRun run) {
        ResolvedOptions choices = run.choices();
        try (Backend backend = backends.next(
                choices.value("zookeeper"),
                choices.zooKeeperAccess(),
                run.plugins().watcher(),
                this::warn)) {
            return play(run, backend);
        }
    }

    private RunReport play(PlannedRun run, Backend backend) {
        return new ScenarioExecution(run.choices(), run.plugins(), false, run.byRival())
                .play(run.scenario(), backend, new Warned());
    }

    /** Tells the user something, once. */
    void warn(String sentence) {
        note("warning: " + sentence);
    }

    private synchronized void note(String sentence) {
        if (warned.add(sentence)) {
            WarningsOnly.note(err, sentence);
        }
    }

    private synchronized void progress(int all) {
        done++;
        if (Terminal.isLive()) {
            err.print("\r" + done + " of " + all + (done == all ? "\r\033[K" : ""));
            err.flush();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                warn("some runs have not ended; they end with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        realBrokers.close();
        backends.close();
    }

    /** Lets pass warnings only. */
    private final class Warned implements RunListener {
        @Override
        public void tell(String text) {
            // the report has it
        }

        @Override
        public void warning(String sentence) {
            warn(sentence);
        }

        @Override
        public void note(String sentence) {
            ComparisonRunner.this.note(sentence);
        }
    }
}
