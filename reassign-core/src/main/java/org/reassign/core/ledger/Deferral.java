package org.reassign.core.ledger;

/** The result of waiting for the {@code state} of a partition. */
public enum Deferral {
    /** It waits from now on. */
    BEGUN,
    /** It waits. */
    GOES_ON,
    /** It has waited for too long. */
    OVER
}
