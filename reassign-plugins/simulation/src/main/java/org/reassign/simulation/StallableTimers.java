package org.reassign.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.reassign.api.spi.Timers;

/** A process that may stand still in the middle of an event: what is due to it meanwhile is done when it goes on. */
public final class StallableTimers implements Timers {
    private final Timers timers;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean stands;

    /** A process that goes on, with these timers. */
    public StallableTimers(Timers timers) {
        this.timers = timers;
    }

    /** It stands still while this passes. */
    public void during(Runnable passing) {
        stands = true;
        try {
            passing.run();
        } finally {
            stands = false;
            waiting.forEach(timers::run);
            waiting.clear();
        }
    }

    @Override
    public long nowMillis() {
        return timers.nowMillis();
    }

    @Override
    public long elapsedMillis() {
        return timers.elapsedMillis();
    }

    @Override
    public void run(Runnable task) {
        timers.run(() -> whenItGoesOn(task));
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.after(delay, () -> whenItGoesOn(task));
    }

    private void whenItGoesOn(Runnable task) {
        if (stands) {
            waiting.add(task);
            return;
        }
        task.run();
    }
}
