package org.reassign.simulation.faults;

/** Something is not as the protocol has it; ends the run. */
final class InvariantBroken extends Error {
    private static final long serialVersionUID = 1;

    private final String kind;

    InvariantBroken(String kind, String how) {
        super(how);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
