package org.reassign.core.lead;

import java.util.List;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StoredRequest;
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
    private final Placement placement;
    private boolean waits;
    private boolean timerSet;
    private int inFlightThen;

    AdmissionWaves(TermContext mandate, ClusterState cluster) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.placement = mandate.plugins().layout().plugin().placement();
    }

    /** What may come in flight; all in flight is looked at only where a limit can be reached. */
    InFlightBudget room(List<StoredRequest> waiting) {
        InFlightLimits limits = mandate.settings().limits();
        long most = cluster.countInFlight()
                + waiting.stream()
                        .mapToLong(request -> request.entries().size())
                        .sum();
        boolean namesFit = placement instanceof Placement.InTopic || most <= InFlightBudget.SAFE_RECORDS;
        return limits.equals(InFlightLimits.NONE) && namesFit
                ? InFlightBudget.unlimited()
                : InFlightBudget.beside(cluster.records(), limits, placement);
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
