package org.reassign.api.spi;

import java.util.Set;
import org.reassign.api.Evolving;
import org.reassign.api.zk.ZkWrite;

/**
 * A write that settles entries. Writes are performed in the order of the list, several in one transaction where they fit;
 * once one has failed, those behind it that serve one of the same requests are left out, and all others go on. In write mode
 * {@code pipelined} those with {@code entries} are sent first, all together, and awaited; then those without. So one znode must
 * not be written by both.
 *
 * @param requests ids of the requests that it serves, at least one
 * @param write the write, conditional on a version
 * @param entries the names of the entries that it alone removes; none where a request's last write removes all of them
 */
@Evolving(since = "1.0")
public record SettlementWrite(Set<String> requests, ZkWrite write, Set<String> entries) {
    /** Copies the sets. */
    public SettlementWrite {
        requests = Set.copyOf(requests);
        entries = Set.copyOf(entries);
    }

    /** The last write of these requests, or one that removes no entry. */
    public SettlementWrite(Set<String> requests, ZkWrite write) {
        this(requests, write, Set.of());
    }
}
