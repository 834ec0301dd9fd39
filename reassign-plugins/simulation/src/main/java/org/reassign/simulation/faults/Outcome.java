package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of one run.
 *
 * @param trial what was played
 * @param failure what broke, if anything did
 * @param events how many events there were in all
 * @param steps how many steps of the protocol were taken
 * @param faults kind of fault to how often it happened
 * @param lines what happened, where that was to be kept
 */
public record Outcome(
        DrawnRun trial,
        Optional<Failure> failure,
        long events,
        long steps,
        SortedMap<String, Long> faults,
        List<String> lines) {}
