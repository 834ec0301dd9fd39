package org.reassign.core.ledger;

/** The stage of an entry. An admitted entry waits until its record is written. */
public enum Stage {
    /** It is folded with all others that wait. */
    WAITING,
    /** It was admitted, and waits until its partition has a readable {@code state}. */
    DEFERRED,
    /** Its record is written: the controller can finish it without the request. */
    RECORDED,
    /** It has its answer. */
    ANSWERED,
    /** It is no longer stored. */
    GONE
}
