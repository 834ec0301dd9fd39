package org.reassign.plugin.droppolicies;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/**
 * Drops what is neither in the newest target nor in the original: Jun Rao's answer in the thread, and what KIP-455 does
 * since Kafka 2.4. Simple to foretell, but {@code [0,1]→[2,3]→[3,4]} drops 2 although it may be in sync, or lead, while
 * 1 is behind; {@code prefer-in-sync} is the answer to that.
 */
@Extension
@PluginName(
        value = "originals",
        description = "Drops what is neither in the newest target nor in the original, as KIP-455 does")
public final class Originals implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        return context.outside().minus(context.original());
    }
}
