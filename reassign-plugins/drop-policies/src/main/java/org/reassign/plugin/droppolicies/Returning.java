package org.reassign.plugin.droppolicies;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/**
 * As {@code prefer-in-sync}, but keeps what a waiting request brings back: Jun Rao's point 11, "we could only drop a
 * replica if it's not going to be added back again". No replica is deleted only to be copied again.
 */
@Extension
@PluginName(value = "returning", description = "As prefer-in-sync, and keeps what a waiting request brings back")
public final class Returning implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        Replicas returning = context.waiting().stream().reduce(Replicas.NONE, Replicas::append);
        return InSyncPreference.droppable(context).minus(returning);
    }
}
