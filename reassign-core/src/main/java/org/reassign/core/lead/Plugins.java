package org.reassign.core.lead;

import java.util.List;
import java.util.stream.Stream;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.plugin.NamedPlugin;

/**
 * The chosen plugins.
 *
 * @param layout the storage layout to write
 * @param otherLayouts the other installed layouts; records found in them are migrated
 * @param watcher the ISR watcher
 * @param dropPolicy the drop policy
 * @param conflictPolicy the conflict policy
 * @param channels the request channels that are open, the default one first
 * @param gateway the broker gateway
 */
public record Plugins(
        NamedPlugin<StorageLayout> layout,
        List<NamedPlugin<StorageLayout>> otherLayouts,
        NamedPlugin<IsrWatcher> watcher,
        NamedPlugin<DropPolicy> dropPolicy,
        NamedPlugin<ConflictPolicy> conflictPolicy,
        List<NamedPlugin<RequestChannel>> channels,
        NamedPlugin<BrokerGateway> gateway) {
    /** The layouts in which records may be found: the chosen one, then the others. */
    public List<StorageLayout> layouts() {
        return Stream.concat(Stream.of(layout), otherLayouts.stream())
                .map(NamedPlugin::plugin)
                .toList();
    }

    /** The placements of {@link #layouts()}. */
    public List<Placement> placements() {
        return layouts().stream().map(StorageLayout::placement).toList();
    }
}
