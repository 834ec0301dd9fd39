package org.reassign.plugin.droppolicies;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/**
 * Drops nothing before the newest target is in sync, as the controller of Kafka 1.0 did: {@code [1,2]→[2,3]→[2,4]} keeps
 * 3, which no request asks for any more, until 4 is in sync. The safest choice, and the one that copies and stores most.
 */
@Extension
@PluginName(value = "keep-all", description = "Drops nothing before the newest target is in sync, as Kafka 1.0 did")
public final class KeepAll implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        return Replicas.NONE;
    }
}
