package org.reassign.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.reassign.simulation.scenario.RunReport;

/**
 * The result of {@code run}.
 *
 * @param report how it went
 * @param remains what it has left; null where its ZooKeeper is gone
 */
record Played(@JsonUnwrapped RunReport report, Remains remains) {}
