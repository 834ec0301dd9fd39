package org.reassign.simulation;

/** The process that keeps the controller ends here. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where);
    }
}
