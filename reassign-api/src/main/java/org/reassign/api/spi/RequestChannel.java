package org.reassign.api.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.model.Mechanism;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkSnapshot;

/**
 * How requests reach the controller: point 10 of the KIP-236 thread. A pure codec without state, called by one thread
 * at a time; the core watches, reads and writes. It says where requests lie, reads them, and says what to write so that
 * settled entries are gone. How a requester writes them is {@link RequestSubmission}, which a channel may lack.
 */
@Evolving(since = "1.0")
public interface RequestChannel extends ExtensionPoint {
    /**
     * What the records and answers of this channel's requests name as their mechanism; conflict policies compare it.
     */
    Mechanism mechanism();

    /** How its requests lie in ZooKeeper; the same set at each call. */
    default Set<ChannelTrait> traits() {
        return Set.of();
    }

    /** How requests are written; empty for a channel that is read only. */
    Optional<RequestSubmission> submission();

    /**
     * Where requests lie: {@code /admin/reassignment_requests/*}, or one znode without a star. The core watches these
     * znodes. It creates the root of a pattern with a star and never deletes it.
     */
    List<PathPattern> watches();

    /**
     * Where values lie that requests only point to, such as {@code /admin/reassignment_targets/*}{@code /*}, and their
     * parents; empty for a channel whose requests carry everything. The core creates the root, never deletes it and
     * does not watch. It reads all values when a controller starts and whenever it reads the whole channel again (a
     * conditional write failed, the connection was lost), and otherwise those that {@link #pointedTo} names.
     */
    default List<PathPattern> values() {
        return List.of();
    }

    /**
     * Which of {@link #values()} the requests among these znodes point to, each as one path without a star or as one of
     * the patterns. The core asks after each change under {@link #watches()} and reads these values again; values that
     * it read before stay in the snapshot until they are deleted or read again.
     *
     * @param stored the channel's znodes under {@link #watches()}
     */
    default List<PathPattern> pointedTo(ZkSnapshot stored) {
        return List.of();
    }

    /**
     * Reads the requests among these znodes, in any order. A channel without {@link #values()} is given only the znodes
     * that have changed, one at a time; a channel with values is given all of its znodes at once.
     *
     * <p>Nothing is thrown whatever the bytes are: a request that cannot be read has a {@link StoredRequest#refusal},
     * an entry that cannot be read is {@link StoredRequest.Invalid}. A znode without any bytes is nothing, neither a
     * request nor an entry nor a refusal: the controller empties a znode that it cannot delete. The same bytes give the
     * same result. Two requests may have the same id if no partition is in both.
     */
    List<StoredRequest> decode(ZkSnapshot stored);

    /**
     * Returns the writes that remove settled entries: a payload request is deleted once all of its entries are settled,
     * and rewritten without those that are. Every write is conditional on the version in {@code stored}; where another
     * client writes at the same time, the core reads and settles again. Entries that are not stored any more, or ask
     * for something else by now, are skipped.
     *
     * @param settled all settled entries, as far as they were stored when last read, of each request of which an entry
     *     was settled since the last call; a request that is refused as a whole or names no partition is an entry named
     *     by its own id
     * @param stored for a channel without {@link #values()} the znodes of these requests, otherwise all of its znodes
     */
    List<SettlementWrite> settle(List<Settlement> settled, ZkSnapshot stored);
}
