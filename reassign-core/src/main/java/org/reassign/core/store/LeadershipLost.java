package org.reassign.core.store;

/** Another controller leads, or may: what was being done must stop, and everything be read again. */
public final class LeadershipLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says why, in a sentence. */
    public LeadershipLost(String why, Throwable cause) {
        super(why, cause);
    }
}
