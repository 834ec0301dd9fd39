package org.reassign.core.lead;

import java.util.List;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.core.decide.InFlightBudget;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.PartitionImage;

/**
 * Entries over the in-flight limits wait in their channel. They are folded again once an eighth of the reassignments in
 * flight have ended, or a retry delay after any has, so that folding does not cost more than moving.
 */
final class AdmissionWaves {
    private static final int SHARE = 8;

    private final TermContext context;
    private final CurrentImage image;
    private final Agenda agenda;
    private final Placement placement;
    private boolean waits;
    private boolean timerSet;
    private int inFlightThen;

    AdmissionWaves(TermContext context, CurrentImage image, Agenda agenda) {
        this.context = context;
        this.image = image;
        this.agenda = agenda;
        this.placement = context.plugins().layout().plugin().placement();
    }

    /** How much more may be in flight; the records in flight are read only if a limit can be reached. */
    InFlightBudget room(int waiting) {
        InFlightLimits limits = context.settings().limits();
        long most = (long) image.get().inFlight() + waiting;
        boolean namesFit = placement instanceof Placement.InTopic || most <= InFlightBudget.SAFE_RECORDS;
        return limits.equals(InFlightLimits.NONE) && namesFit
                ? InFlightBudget.unlimited()
                : InFlightBudget.beside(records(), limits, placement);
    }

    private List<ReassignmentRecord> records() {
        return image.get().partitions(PartitionImage::isInFlight).stream()
                .map(partition -> image.get().record(partition).orElseThrow())
                .toList();
    }

    /** A fold is over; {@code some}: entries were over the limits; {@code coming}: how many others come in flight. */
    void folded(boolean some, long coming) {
        waits = some;
        inFlightThen = image.get().inFlight() + (int) coming;
    }

    /** A turn is over: folds waiting entries again if there is room now. */
    void turned() {
        int over = waits ? inFlightThen - image.get().inFlight() : 0;
        if (over <= 0) {
            return;
        }
        if (over >= inFlightThen / SHARE) {
            agenda.fold();
        } else if (!timerSet) {
            timerSet = true;
            context.timers()
                    .after(context.settings().retryDelay(), () -> context.loop().mark(this::again));
        }
    }

    private void again() {
        timerSet = false;
        agenda.fold();
    }
}
