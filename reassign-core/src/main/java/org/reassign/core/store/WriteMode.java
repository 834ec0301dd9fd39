package org.reassign.core.store;

/** How the store writes. */
public enum WriteMode {
    /**
     * One write per partition and step, each awaited, each a transaction with the epoch check, as Kafka did in 2017.
     */
    SINGLE,
    /** The same writes, many in flight; those of one znode share a transaction, because each needs the one before. */
    PIPELINED,
    /** The writes of one turn, coalesced per znode and sent in transactions up to the size limit. */
    BATCHED
}
