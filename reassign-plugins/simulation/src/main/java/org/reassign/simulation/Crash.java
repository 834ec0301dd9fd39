package org.reassign.simulation;

/** The process that keeps the controller ends here: nothing of it catches this, as nothing outlives a process. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where);
    }
}
