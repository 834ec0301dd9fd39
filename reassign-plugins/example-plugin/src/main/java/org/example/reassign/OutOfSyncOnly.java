package org.example.reassign;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/** Lets go only of replicas that nobody can read from: those that are unwanted and not in sync. The one to copy. */
@Extension
@PluginName("example-out-of-sync-only")
public final class OutOfSyncOnly implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        return context.outside().minus(context.inSync());
    }
}
