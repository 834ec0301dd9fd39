package org.reassign.core.store;

/** Another controller leads, or may: the current work must stop, and everything must be read again. */
public final class LeadershipLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Gives the reason as a sentence. */
    public LeadershipLost(String why, Throwable cause) {
        super(why, cause);
    }
}
