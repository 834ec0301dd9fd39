package org.reassign.core.ledger;

/** How far an entry has come. An entry that is admitted waits until its record is written. */
public enum Stage {
    /** It is folded with all others that wait. */
    WAITING,
    /** It waits, although it was admitted, until its partition has a {@code state} that can be read. */
    DEFERRED,
    /** Its record is written: the controller can finish it without the request. */
    RECORDED,
    /** It has its answer. */
    ANSWERED,
    /** It is not stored any more. */
    GONE
}
