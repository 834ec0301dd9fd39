package org.reassign.core.lead;

import java.util.Optional;

/** Retries turns whose writes fail: a few times at once, then after a pause each. */
final class TurnBackOff {
    private static final int PATIENCE = 5;

    private final TermContext context;
    private int failedInARow;
    private boolean pauses;

    TurnBackOff(TermContext context) {
        this.context = context;
    }

    boolean pauses() {
        return pauses;
    }

    /** A turn is over; {@code why} is the first write that failed, if one did. */
    void note(Optional<String> why) {
        failedInARow = why.isPresent() ? failedInARow + 1 : 0;
        if (failedInARow < PATIENCE || pauses) {
            return;
        }
        if (failedInARow == PATIENCE) {
            context.listener()
                    .warning(why.orElseThrow() + ", " + PATIENCE + " times in a row; retried every "
                            + context.settings().retryDelay().toMillis() + " ms");
        }
        pauses = true;
        context.timers()
                .after(context.settings().retryDelay(), () -> context.loop().mark(() -> pauses = false));
    }
}
