package org.reassign.core.store;

/** How the store writes. */
public enum WriteMode {
    /** One write per partition and step, each awaited, each a transaction with the epoch check, as Kafka did in 2017. */
    SINGLE,
    /** The same writes, many in flight; those of one znode, each of which needs the one before, share a transaction. */
    PIPELINED,
    /** What one turn decides is coalesced per znode and sent as transactions up to the size limit. */
    BATCHED
}
