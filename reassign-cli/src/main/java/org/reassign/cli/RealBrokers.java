package org.reassign.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.Scenario;

/**
 * The real brokers of a comparison, one set at a time: runs that follow each other and want the same brokers share one.
 * After a run that has not settled, or that could not be cleared away, the next gets new ones.
 */
final class RealBrokers implements AutoCloseable {
    private final Consumer<String> notes;
    private List<?> kind = List.of();
    private SharedBrokers running;

    /**
     * None run yet.
     *
     * @param notes is told what the user should know while waiting
     */
    RealBrokers(Consumer<String> notes) {
        this.notes = notes;
    }

    /** Plays a run on brokers as its scenario has them; for one thread. */
    RunReport play(Scenario scenario, Plugins plugins, Function<Backend, RunReport> run) {
        List<?> wanted = List.of(plugins.gateway().name(), scenario.brokers());
        if (running != null && !kind.equals(wanted)) {
            close();
        }
        if (running == null) {
            kind = wanted;
            running = SharedBrokers.open(plugins.gateway().plugin(), notes);
        }
        RunReport report = played(run);
        Optional<String> unusable = report.outcome() == RunReport.Outcome.SETTLED
                ? running.clear(plugins.placements())
                : report.faults().stream().findFirst();
        unusable.ifPresent(why -> {
            notes.accept(
                    "the next run gets new brokers, since " + scenario.name() + " did not end as it should: " + why);
            close();
        });
        return report;
    }

    private RunReport played(Function<Backend, RunReport> run) {
        try {
            return run.apply(running.backend());
        } catch (RuntimeException e) {
            throw closedAfter(e); // what is left of it must not meet the next run
        }
    }

    private RuntimeException closedAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    @Override
    public void close() {
        if (running != null) {
            SharedBrokers ended = running;
            running = null;
            ended.close();
        }
    }
}
