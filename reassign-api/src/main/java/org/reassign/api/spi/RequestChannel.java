package org.reassign.api.spi;

import java.util.List;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.model.Mechanism;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * How requests travel to the controller, both ends: point 10 of the thread. A pure codec, called by one thread at a
 * time; the core watches, reads and writes.
 */
@Evolving(since = "1.0")
public interface RequestChannel extends ExtensionPoint {
    /** Which mechanism requests of this channel count as. */
    Mechanism mechanism();

    /**
     * Where requests lie: {@code /admin/reassignment_requests/*}, or one znode without a star. The core watches these,
     * and makes and keeps the root of a pattern with a star.
     */
    List<PathPattern> watches();

    /**
     * Where values lie that requests only point to, {@code /admin/reassignment_targets/*}{@code /*} and the parents;
     * empty for a channel whose requests carry all. The core makes and keeps the root and does not watch. It reads all
     * of them when a controller starts and whenever it reads all of the channel anew (a conditional write failed, the
     * connection was lost), and otherwise those that {@link #pointedTo} names.
     */
    default List<PathPattern> values() {
        return List.of();
    }

    /**
     * Which of {@link #values()} the requests among these znodes point to, each as one path without a star or as one of
     * the patterns. The core asks after each change under {@link #watches()} and reads these afresh; values that it read
     * before stay in the snapshot until they are deleted or read again.
     *
     * @param stored the channel's znodes under {@link #watches()}
     */
    default List<PathPattern> pointedTo(ZkSnapshot stored) {
        return List.of();
    }

    /**
     * Reads the requests among the znodes stored under {@link #watches()} and {@link #values()}, in no particular order.
     * Two of them may have the same id, but then no entry's name stands in both. A request that cannot be read is one
     * with a {@code refusal}; an entry with a fault is {@link StoredRequest.Invalid}; nothing is thrown whatever the bytes are.
     */
    List<StoredRequest> decode(ZkSnapshot stored);

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

    /** Which znodes a requester reads, those that exist, before it asks for the {@link #submission}. */
    default List<String> submissionReads(ReassignmentRequest request) {
        return watches().stream()
                .filter(pattern -> pattern.depth() == 0)
                .map(PathPattern::text)
                .toList();
    }

    /**
     * Says what a requester writes to hand in a request: transactions, each all or nothing, one after the other, none
     * over the size limit. The last write of each makes or changes the request, whose id is the last segment of its
     * path. Conditional on the versions in {@code stored}; where another came first ({@code NODE_EXISTS}, {@code
     * BAD_VERSION} or {@code NO_NODE}) the requester reads and asks again for what it has not written.
     *
     * @param stored the znodes of {@link #submissionReads} that exist
     * @throws IllegalArgumentException where the channel cannot carry the request; the message is a sentence for the
     *     user, such as that the legacy channel knows no cancel
     */
    List<List<ZkWrite>> submission(ReassignmentRequest request, ZkSnapshot stored);
}
