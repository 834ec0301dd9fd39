package org.reassign.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.run.Named;
import org.reassign.core.run.Plugins;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.conflictpolicies.ArrivalOrder;
import org.reassign.plugin.droppolicies.KeepAll;
import org.reassign.plugin.droppolicies.Originals;
import org.reassign.plugin.droppolicies.PreferInSync;
import org.reassign.plugin.droppolicies.Returning;
import org.reassign.plugin.isrwatchers.Batched;
import org.reassign.plugin.isrwatchers.PerPartition;
import org.reassign.plugin.isrwatchers.Recursive;
import org.reassign.plugin.requestchannels.Legacy;
import org.reassign.plugin.requestchannels.Payload;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.plugin.storagelayouts.Consolidated;
import org.reassign.plugin.storagelayouts.Separate;

/** One choice of layout, watcher, drop policy and write mode. */
record Combination(String layout, String watcher, String policy, WriteMode mode) {
    static final Combination DEFAULT =
            new Combination("separate", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
    static final Combination CONSOLIDATED_BATCHED =
            new Combination("consolidated", "batched", "prefer-in-sync", WriteMode.BATCHED);

    /** Record and AR in transactions of their own, so that a crash can come between them. */
    static final Combination SEPARATE_SINGLE =
            new Combination("separate", "per-partition", "prefer-in-sync", WriteMode.SINGLE);

    private static final Map<String, StorageLayout> LAYOUTS =
            new TreeMap<>(Map.of("separate", new Separate(), "consolidated", new Consolidated()));
    private static final Map<String, IsrWatcher> WATCHERS = new TreeMap<>(
            Map.of("per-partition", new PerPartition(), "batched", new Batched(), "recursive", new Recursive()));
    private static final Map<String, DropPolicy> POLICIES = new TreeMap<>(Map.of(
            "keep-all", new KeepAll(),
            "originals", new Originals(),
            "prefer-in-sync", new PreferInSync(),
            "returning", new Returning()));

    static List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        LAYOUTS.keySet()
                .forEach(layout -> WATCHERS.keySet()
                        .forEach(watcher -> POLICIES.keySet().forEach(policy -> {
                            for (WriteMode mode : WriteMode.values()) {
                                all.add(new Combination(layout, watcher, policy, mode));
                            }
                        })));
        return all;
    }

    Plugins plugins() {
        return new Plugins(
                new Named<>(layout, LAYOUTS.get(layout)),
                List.of(),
                new Named<>(watcher, WATCHERS.get(watcher)),
                new Named<>(policy, POLICIES.get(policy)),
                new Named<>("arrival-order", new ArrivalOrder()),
                List.of(new Named<>("payload", new Payload()), new Named<>("legacy", new Legacy())),
                new Named<>("simulated", new SimulatedBrokers()));
    }
}
