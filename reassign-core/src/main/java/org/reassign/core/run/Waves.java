package org.reassign.core.run;

import java.util.List;
import org.reassign.api.spi.Incoming;
import org.reassign.core.decide.Limits;
import org.reassign.core.decide.Room;

/**
 * What finds no room waits where it was handed in. It is folded again once an eighth of what was in flight is over, or
 * a little after anything is, so that folding does not cost more than moving.
 */
final class Waves {
    private static final int SHARE = 8;

    private final Mandate mandate;
    private final ClusterState cluster;
    private final Room.Records records;
    private boolean waits;
    private boolean timerSet;
    private int inFlightThen;

    Waves(Mandate mandate, ClusterState cluster) {
        this.mandate = mandate;
        this.cluster = cluster;
        int depth = mandate.plugins().layout().plugin().recordPaths().stream()
                .mapToInt(pattern -> pattern.depth())
                .max()
                .orElse(0);
        this.records = depth == 0 ? Room.Records.IN_TOPIC : depth == 1 ? Room.Records.FLAT : Room.Records.NESTED;
    }

    /** What may come in flight; all in flight is looked at only where a limit can be reached. */
    Room room(List<Incoming> waiting) {
        Limits limits = mandate.settings().limits();
        long most = cluster.countInFlight()
                + waiting.stream()
                        .mapToLong(request -> request.entries().size())
                        .sum();
        boolean namesFit = records == Room.Records.IN_TOPIC || most <= Room.SAFE_RECORDS;
        return limits.equals(Limits.NONE) && namesFit
                ? Room.unlimited()
                : Room.beside(cluster.records(), limits, records);
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
