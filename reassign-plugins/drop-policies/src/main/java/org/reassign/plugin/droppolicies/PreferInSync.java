package org.reassign.plugin.droppolicies;

import org.pf4j.Extension;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.PluginName;

/**
 * Keeps as many replicas beside the target as the partition had at first, the leader and those in sync before others:
 * Tom Bentley's answer in the thread. {@code [0,1]→[2,3]→[3,4]} with 2 in sync and 1 behind keeps 0 and 2 and drops 1: no
 * leader moves for nothing, and the cluster has less to copy.
 */
@Extension
@PluginName(
        value = "prefer-in-sync",
        description = "Keeps as many replicas as the partition had at first, in-sync ones before others")
public final class PreferInSync implements DropPolicy {
    @Override
    public Replicas droppable(DropContext context) {
        return InSyncPreference.droppable(context);
    }
}
