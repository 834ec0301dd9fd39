package org.reassign.core.lead;

import org.reassign.core.decide.InFlightBudget;
import org.reassign.core.decide.InFlightLimits;

/**
 * What finds no room waits where it was handed in. It is folded again once an eighth of what was in flight is over, or
 * a little after anything is, so that folding does not cost more than moving.
 */
final class AdmissionWaves {
    private static final int SHARE = 8;

    private final TermContext mandate;
    private final ClusterState cluster;
    private final InFlightBudget.Records records;
    private boolean waits;
    private boolean timerSet;
    private int inFlightThen;

    AdmissionWaves(TermContext mandate, ClusterState cluster) {
        this.mandate = mandate;
        this.cluster = cluster;
        int depth = mandate.plugins().layout().plugin().recordPaths().stream()
                .mapToInt(pattern -> pattern.depth())
                .max()
                .orElse(0);
        this.records = depth == 0
                ? InFlightBudget.Records.IN_TOPIC
                : depth == 1 ? InFlightBudget.Records.FLAT : InFlightBudget.Records.NESTED;
    }

    /** What may come in flight; all in flight is looked at only where a limit can be reached. */
    InFlightBudget room(int waiting) {
        InFlightLimits limits = mandate.settings().limits();
        long most = (long) cluster.countInFlight() + waiting;
        boolean namesFit = records == InFlightBudget.Records.IN_TOPIC || most <= InFlightBudget.SAFE_RECORDS;
        return limits.equals(InFlightLimits.NONE) && namesFit
                ? InFlightBudget.unlimited()
                : InFlightBudget.beside(cluster.records(), limits, records);
    }

    /** A fold is over; {@code some} found no room, and so many others come in flight. */
    void folded(boolean some, long coming) {
        waits = some;
        inFlightThen = cluster.countInFlight() + (int) coming;
    }

    /** A turn is over: what waits is folded again where there is room by now. */
    void turned() {
        int over = waits ? inFlightThen - cluster.countInFlight() : 0;
        if (over <= 0) {
            return;
        }
        if (over >= inFlightThen / SHARE) {
            cluster.foldDue = true;
        } else if (!timerSet) {
            timerSet = true;
            mandate.timers()
                    .after(mandate.settings().retryDelay(), () -> mandate.loop().mark(this::again));
        }
    }

    private void again() {
        timerSet = false;
        cluster.foldDue = true;
    }
}
