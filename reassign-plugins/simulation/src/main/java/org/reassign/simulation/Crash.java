package org.reassign.simulation;

/** The process that keeps the controller ends here: nothing of it catches this, as nothing outlives a process. */
public final class Crash extends Error {
    private static final long serialVersionUID = 1;

    /** Ends it here; there are many, and nobody asks for their stacks. */
    public Crash(String where) {
        super(where, null, false, false);
    }
}
