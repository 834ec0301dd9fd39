package org.reassign.plugin.conflictpolicies;

import org.pf4j.Extension;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.StoredRequest;

/**
 * Only the mechanism that started a reassignment may change it: Tom Bentley's answer in the thread. An entry that comes
 * by the other one is refused, the rest of its request goes on. Within one mechanism the later entry wins.
 */
@Extension
@PluginName(
        value = "refuse-cross-mechanism",
        description = "Only the mechanism that started a reassignment may change it")
public final class RefuseCrossMechanism implements ConflictPolicy {
    @Override
    public Resolution resolve(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry) {
        if (running.mechanism() == request.mechanism()) {
            return new Resolution.Accept();
        }
        return new Resolution.Refuse(request.id() + " may not change " + entry.partition() + ", which "
                + running.request() + " moves to " + running.target() + " by " + described(running.mechanism())
                + "; change or cancel it the same way, or wait until it is done");
    }

    private static String described(Mechanism mechanism) {
        return switch (mechanism) {
            case REQUEST -> "a request under /admin/reassignment_requests";
            case LEGACY -> "/admin/reassign_partitions";
        };
    }
}
