package org.reassign.api.spi;

import java.util.List;
import org.reassign.api.Evolving;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * How a requester writes requests of one channel. Pure; may be called from any thread.
 *
 * <p>The requester puts one write of its own in front of each transaction, by which it finds out after a broken connection
 * whether the transaction was done; a channel need not care. Where the format is the channel's own, the request carries
 * {@link ReassignmentRequest#submission}.
 */
@Evolving(since = "1.0")
public interface RequestSubmission {
    /** What the requester's own write may add to a transaction, in bytes. */
    int MARKER_BYTES = 512;

    /** Which znodes to read, those that exist, before asking for the {@link #transactions}. */
    default List<String> reads(ReassignmentRequest request) {
        return List.of();
    }

    /**
     * Returns the writes: transactions, each all or nothing, performed one after the other, none over ZooKeeper's size
     * limit less {@link #MARKER_BYTES}. The last write of each creates or changes the request, whose id is the last segment
     * of its path. Writes are conditional on the versions in {@code stored}; where another requester came first ({@code NODE_EXISTS},
     * {@code BAD_VERSION} or {@code NO_NODE}) the requester reads and asks again, for what it has not written yet.
     *
     * @param stored the znodes of {@link #reads} that exist
     * @throws IllegalArgumentException where the channel cannot carry the request; the message is a sentence for the
     *     user, such as that the legacy channel knows no cancel
     */
    List<Piece> transactions(ReassignmentRequest request, ZkSnapshot stored);

    /**
     * One transaction.
     *
     * @param asked the part of the request that it carries
     * @param writes the writes, all or nothing
     */
    record Piece(ReassignmentRequest asked, List<ZkWrite> writes) {
        /** Copies the list. */
        public Piece {
            writes = List.copyOf(writes);
        }
    }
}
