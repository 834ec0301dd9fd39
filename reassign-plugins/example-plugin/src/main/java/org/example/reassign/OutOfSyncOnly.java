package org.example.reassign;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/** Drops only replicas that are not in sync, and so serve no reader. The plugin to copy. */
@Extension
@PluginName(value = "example-out-of-sync-only", description = "Drops only replicas that are not in sync")
public final class OutOfSyncOnly implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        return context.outside().minus(context.inSync());
    }
}
