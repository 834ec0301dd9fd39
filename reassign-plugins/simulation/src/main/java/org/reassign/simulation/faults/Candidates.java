package org.reassign.simulation.faults;

import java.util.List;
import java.util.stream.Stream;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;

/**
 * The plugins to draw from. Used by one run at a time.
 *
 * @param layouts storage layouts
 * @param watchers ISR watchers
 * @param dropPolicies drop policies
 * @param conflictPolicies conflict policies
 * @param channels request channels
 * @param modes write modes
 * @param hostile whether policies that nobody should ship are drawn now and then, too
 * @param gateway a gateway with a lab, which goes by the context's timers alone
 */
public record Candidates(
        List<NamedPlugin<StorageLayout>> layouts,
        List<NamedPlugin<IsrWatcher>> watchers,
        List<NamedPlugin<DropPolicy>> dropPolicies,
        List<NamedPlugin<ConflictPolicy>> conflictPolicies,
        List<NamedPlugin<RequestChannel>> channels,
        List<WriteMode> modes,
        boolean hostile,
        NamedPlugin<BrokerGateway> gateway) {

    /** The plugins that a run has drawn. */
    Plugins plugins(Setup setup) {
        return plugins(setup, setup.layout());
    }

    /** The same with this layout. */
    Plugins plugins(Setup setup, String layoutName) {
        NamedPlugin<StorageLayout> layout = named(layouts, layoutName);
        return new Plugins(
                layout,
                layouts.stream()
                        .filter(other -> !other.name().equals(layout.name()))
                        .toList(),
                named(watchers, setup.watcher()),
                HostilePolicies.dropPolicy(setup.dropPolicy()).orElseGet(() -> named(dropPolicies, setup.dropPolicy())),
                HostilePolicies.conflictPolicy(setup.conflictPolicy())
                        .orElseGet(() -> named(conflictPolicies, setup.conflictPolicy())),
                setup.channels().stream().map(name -> named(channels, name)).toList(),
                gateway);
    }

    /** All layouts that a run has drawn, each once; the one that it begins with first. */
    List<StorageLayout> layouts(Setup setup) {
        return Stream.concat(Stream.of(setup.layout()), setup.laterLayouts().stream())
                .distinct()
                .map(name -> named(layouts, name).plugin())
                .toList();
    }

    private static <T> NamedPlugin<T> named(List<NamedPlugin<T>> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
