package org.reassign.api.spi;

import java.util.List;
import org.pf4j.ExtensionPoint;
import org.reassign.api.model.Mechanism;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * How requests travel to the controller, both ends: point 10 of the thread. A pure codec, called by one thread at a
 * time; the core watches, reads and writes.
 */
public interface RequestChannel extends ExtensionPoint {
    /** Which mechanism requests of this channel count as. */
    Mechanism mechanism();

    /**
     * Where requests lie: {@code /admin/reassignment_requests/*}, or one znode without a star. The core watches these,
     * and makes and keeps the root of a pattern with a star.
     */
    List<PathPattern> watches();

    /**
     * Reads the requests among the znodes stored under {@link #watches()}, in no particular order. A request that cannot
     * be read is one with a {@code refusal}; an entry with a fault is {@link Incoming.Faulty}; nothing is thrown
     * whatever the bytes are.
     */
    List<Incoming> decode(ZkSnapshot stored);

    /**
     * Says what to write so that settled entries are gone where they lie: a payload request once all its entries are
     * recorded or answered, a legacy entry once it is answered and if it still asks for the same. Every write is
     * conditional on the version in {@code stored}; a requester that writes at the same time wins, and the core reads
     * and settles again. Entries that are not stored any more are passed over.
     *
     * @param settled the entries settled since, each with the farthest stage it has come to
     * @param stored the channel's znodes as last read
     */
    List<ZkWrite> settle(List<Settlement> settled, ZkSnapshot stored);

    /**
     * Says what a requester writes to hand in a request: transactions, each all or nothing, one after the other, none
     * over the size limit. Conditional on the versions in {@code stored}; on failure the requester reads and asks
     * again.
     *
     * @throws IllegalArgumentException where the channel cannot carry the request; the message is a sentence for the
     *     user, such as that the legacy channel knows no cancel
     */
    List<List<ZkWrite>> submission(ReassignmentRequest request, ZkSnapshot stored);
}
