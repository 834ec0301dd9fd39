package org.reassign.plugin.conflictpolicies;

import org.pf4j.Extension;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.StoredRequest;

/**
 * Who comes later wins, however either came: Jun Rao's last answer in the thread, and the default. The core asks in the
 * order of the requests' zxids, at controller start as in live running, so every entry that is asked about is the later
 * one.
 */
@Extension
@PluginName(value = "arrival-order", description = "The later request wins, by whichever channel it came")
public final class ArrivalOrder implements ConflictPolicy {
    @Override
    public Resolution resolve(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry) {
        return new Resolution.Accept();
    }
}
