package org.reassign.cli;

import java.time.Duration;
import org.reassign.api.zk.ZkException;
import org.reassign.simulation.scenario.RunFootprint;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.simulation.scenario.Scenario;
import org.reassign.simulation.scenario.ScenarioException;

/**
 * A run, and after it the removal of what it has made where its ZooKeeper outlives it, however it ended.
 *
 * @param execution the run
 * @param keep whether it is to stay
 */
record RunOnZooKeeper(ScenarioExecution execution, boolean keep) {
    /** Enough for a million znodes. */
    private static final Duration REMOVAL = Duration.ofMinutes(2);

    /** Plays the scenario. Where that throws, what could not be removed is told as warnings. */
    Played play(Scenario scenario, Backend backend, RunListener listener) {
        if (!backend.external()) {
            return new Played(execution.play(scenario, backend, listener), null);
        }
        RunFootprint footprint;
        try {
            footprint =
                    RunFootprint.before(backend.sessions(), execution.plugins().layouts(), scenario);
        } catch (ZkException e) {
            throw execution.outOfReach(e);
        }
        RunReport report;
        try {
            report = execution.play(scenario, backend, listener);
        } catch (ScenarioException refused) {
            throw refused; // nothing has been done
        } catch (RuntimeException failed) {
            Remains remains = remove(footprint);
            remains.complaints().forEach(listener::warning);
            remains.notes().forEach(listener::warning);
            throw failed;
        }
        return new Played(report, remove(footprint));
    }

    private Remains remove(RunFootprint footprint) {
        String zookeeper = execution.choices().value("zookeeper");
        Interrupts.allow(REMOVAL);
        var unused = Thread.interrupted(); // the run has ended for it already, the removal is still to do
        try {
            return new Remains(zookeeper, keep, keep ? footprint.remains() : footprint.remove(), null);
        } catch (ZkException e) {
            return Remains.unknown(zookeeper, footprint.made(), e.getMessage());
        }
    }
}
