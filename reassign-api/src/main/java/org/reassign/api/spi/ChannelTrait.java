package org.reassign.api.spi;

import org.reassign.api.Evolving;

/** What the core must know about how the requests of a {@link RequestChannel} lie in ZooKeeper. */
@Evolving(since = "1.0")
public enum ChannelTrait {
    /**
     * An entry stays in its znode while its reassignment runs and is settled once it is answered, so that the znode shows
     * what runs. Since it could be replayed after a crash, an entry that is overridden is settled before the record that
     * overrides it is written. Without this trait an entry is settled once its record is written, and nothing newer is
     * admitted for its partition before it is gone.
     */
    STAYS_UNTIL_ANSWERED,
    /**
     * All requests lie in one znode, so every write of it gives all of them a new zxid. The core keeps the zxid at which
     * it first saw an entry, for as long as the entry asks for the same, and never takes an entry for older than a record
     * because of its zxid alone. Without this trait the zxid of a request stays the same until the request is gone.
     */
    ONE_ZNODE
}
