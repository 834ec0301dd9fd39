package org.reassign.simulation.faults;

import java.util.ArrayList;
import java.util.List;

/** Takes away from a run that fails whatever it fails without. */
final class Shrinker {
    private final Candidates candidates;
    private final String kind;
    private DrawnRun trial;

    private Shrinker(Outcome failed, Candidates candidates) {
        this.candidates = candidates;
        this.kind = failed.failure().orElseThrow().kind();
        this.trial = failed.trial();
    }

    /** The smallest run found that fails alike. */
    static DrawnRun of(Outcome failed, Candidates candidates) {
        Shrinker shrinking = new Shrinker(failed, candidates);
        while (shrinking.pass()) {
            // until nothing more can be left out
        }
        return shrinking.trial;
    }

    private boolean pass() {
        boolean smaller = false;
        for (int i = trial.acts().size() - 1; i >= 0; i--) {
            List<ScheduledEvent> fewer = new ArrayList<>(trial.acts());
            fewer.remove(i);
            smaller |= keepIfAlike(trial.with(fewer));
        }
        return smaller;
    }

    private boolean keepIfAlike(DrawnRun smaller) {
        boolean alike = FaultRun.of(smaller, candidates, false)
                .failure()
                .filter(failure -> failure.kind().equals(kind))
                .isPresent();
        if (alike) {
            trial = smaller;
        }
        return alike;
    }
}
