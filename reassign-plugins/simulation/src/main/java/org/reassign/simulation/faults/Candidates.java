package org.reassign.simulation.faults;

import java.util.List;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.run.Named;
import org.reassign.core.run.Plugins;
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
        List<Named<StorageLayout>> layouts,
        List<Named<IsrWatcher>> watchers,
        List<Named<DropPolicy>> dropPolicies,
        List<Named<ConflictPolicy>> conflictPolicies,
        List<Named<RequestChannel>> channels,
        List<WriteMode> modes,
        boolean hostile,
        Named<BrokerGateway> gateway) {

    /** The plugins that a run has drawn. */
    Plugins plugins(Setup setup) {
        Named<StorageLayout> layout = named(layouts, setup.layout());
        return new Plugins(
                layout,
                layouts.stream()
                        .filter(other -> !other.name().equals(layout.name()))
                        .toList(),
                named(watchers, setup.watcher()),
                Hostile.dropPolicy(setup.dropPolicy()).orElseGet(() -> named(dropPolicies, setup.dropPolicy())),
                Hostile.conflictPolicy(setup.conflictPolicy())
                        .orElseGet(() -> named(conflictPolicies, setup.conflictPolicy())),
                setup.channels().stream().map(name -> named(channels, name)).toList(),
                gateway);
    }

    private static <T> Named<T> named(List<Named<T>> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
