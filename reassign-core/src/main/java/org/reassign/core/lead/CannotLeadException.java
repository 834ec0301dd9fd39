package org.reassign.core.lead;

/** The controller has stopped by itself because it cannot lead: trying again would fail again. */
public final class CannotLeadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The sentence says why, and what to do. */
    public CannotLeadException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
