package org.reassign.plugin.conflictpolicies;

import org.pf4j.Extension;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.StoredRequest;

/**
 * The later modification of a znode wins, however it came: Jun Rao's first answer in the thread. He compares timestamps,
 * which can be equal; zxids cannot, unless both are one modification. A record keeps the zxid that it follows, so our own
 * rewrites of a znode do not make an old entry of it new.
 *
 * <p>Decided per entry. In the thread the whole batch wins or loses, which cannot hold once part of it is in flight. An
 * entry of the very modification that the running one follows is accepted: it is the same request, read again.
 */
@Extension
@PluginName(value = "newest-wins", description = "The request whose znode was modified later wins, by zxid")
public final class NewestWins implements ConflictPolicy {
    @Override
    public Resolution resolve(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry) {
        return request.zxid() < running.zxid() ? new Resolution.Outdated() : new Resolution.Accept();
    }
}
