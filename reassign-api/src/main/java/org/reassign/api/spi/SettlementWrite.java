package org.reassign.api.spi;

import java.util.Set;
import org.reassign.api.Evolving;
import org.reassign.api.zk.ZkWrite;

/**
 * A write that settles entries. Writes are performed in the order of the list, several in one transaction where they fit;
 * once one has failed, those behind it that serve one of the same requests are left out, and all others go on.
 *
 * @param requests ids of the requests that it serves, at least one
 * @param write the write, conditional on a version
 */
@Evolving(since = "1.0")
public record SettlementWrite(Set<String> requests, ZkWrite write) {
    /** Copies the set. */
    public SettlementWrite {
        requests = Set.copyOf(requests);
    }
}
