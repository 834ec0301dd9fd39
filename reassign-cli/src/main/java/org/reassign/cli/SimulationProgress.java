package org.reassign.cli;

import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** How far the runs have come, on one line of a terminal. */
final class SimulationProgress implements LongConsumer {
    private static final long EVERY_NANOS = 200_000_000;

    private final PrintWriter out;
    private final long all;
    private final boolean live;
    private long shownNanos = System.nanoTime();

    SimulationProgress(PrintWriter out, long all, boolean live) {
        this.out = out;
        this.all = all;
        this.live = live;
    }

    @Override
    public synchronized void accept(long runs) {
        long now = System.nanoTime();
        if (live && now - shownNanos > EVERY_NANOS) {
            shownNanos = now;
            out.print("\r" + runs + " of " + all + " runs");
            out.flush();
        }
    }

    /** Nothing more comes: the line is taken back. */
    synchronized void end() {
        if (live) {
            out.print("\r" + " ".repeat(40) + "\r");
            out.flush();
        }
    }
}
