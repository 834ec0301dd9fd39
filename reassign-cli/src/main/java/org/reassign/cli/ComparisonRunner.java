package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.PluginHost;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioParser;

/** Executes many runs, one after another or a few at once. Each warning is printed once. */
final class ComparisonRunner implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final PluginHost host;
    private final PrintWriter err;
    private final ExecutorService executor;
    private final Backends backends = new Backends();
    private final Set<String> warned = new LinkedHashSet<>();
    private int done;

    ComparisonRunner(PluginHost host, int parallel, PrintWriter err) {
        this.host = host;
        this.err = err;
        this.executor = Executors.newFixedThreadPool(parallel);
    }

    /**
     * The reports in the order planned, each with its repetitions. Everything is read and made before
     * anything is run; the first run that throws ends all.
     */
    List<RunReport> run(List<Combinations.Planned> planned, int repeat) {
        Map<String, Scenario> read = new LinkedHashMap<>();
        planned.forEach(one -> read.computeIfAbsent(one.scenario(), name -> ScenarioParser.read(Home.scenario(name))));
        List<Callable<RunReport>> runs = new ArrayList<>();
        for (Combinations.Planned one : planned) {
            Scenario scenario = read.get(one.scenario());
            for (int i = 0; i < repeat; i++) {
                Plugins made = plugins(one.choices());
                runs.add(() -> play(scenario, one.choices(), made, planned.size() * repeat));
            }
        }
        List<Future<RunReport>> playing = runs.stream().map(executor::submit).toList();
        List<RunReport> reports = new ArrayList<>();
        for (Future<RunReport> run : playing) {
            reports.add(result(run));
        }
        return reports;
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

    private RunReport play(Scenario scenario, ResolvedOptions choices, Plugins made, int all) {
        try (Backend backend = backends.next(choices.value("zookeeper"), made.watcher(), this::warn)) {
            return new ScenarioExecution(choices, made, false).play(scenario, backend, new Warned());
        } finally {
            progress(all);
        }
    }

    private Plugins plugins(ResolvedOptions choices) {
        ChosenPlugins chosen = new ChosenPlugins(host, choices);
        Plugins made = chosen.make();
        chosen.warnings().forEach(this::warn);
        return made;
    }

    private void warn(String sentence) {
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
