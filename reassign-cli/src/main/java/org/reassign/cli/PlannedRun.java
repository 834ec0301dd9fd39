package org.reassign.cli;

import org.reassign.core.lead.Plugins;
import org.reassign.simulation.scenario.Scenario;

/**
 * A run of a comparison.
 *
 * @param plugins made for it alone
 * @param byRival whether the brokers' own controller is to do the work
 */
record PlannedRun(Scenario scenario, ResolvedOptions choices, Plugins plugins, boolean byRival) {
    /** Whether its brokers are processes, which take long to start. */
    boolean isOnRealBrokers() {
        return plugins.gateway().plugin().startsRealBrokers();
    }
}
