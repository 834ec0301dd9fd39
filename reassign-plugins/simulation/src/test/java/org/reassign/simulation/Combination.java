package org.reassign.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.example.layout.OneZnodePerTopic;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.conflictpolicies.ArrivalOrder;
import org.reassign.plugin.conflictpolicies.NewestWins;
import org.reassign.plugin.conflictpolicies.RefuseCrossMechanism;
import org.reassign.plugin.droppolicies.KeepAll;
import org.reassign.plugin.droppolicies.Originals;
import org.reassign.plugin.droppolicies.PreferInSync;
import org.reassign.plugin.droppolicies.Returning;
import org.reassign.plugin.isrwatchers.Batched;
import org.reassign.plugin.isrwatchers.PerPartition;
import org.reassign.plugin.isrwatchers.Recursive;
import org.reassign.plugin.requestchannels.Legacy;
import org.reassign.plugin.requestchannels.NotifyNames;
import org.reassign.plugin.requestchannels.NotifyScan;
import org.reassign.plugin.requestchannels.Payload;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.plugin.storagelayouts.Consolidated;
import org.reassign.plugin.storagelayouts.Kip455;
import org.reassign.plugin.storagelayouts.Separate;
import org.reassign.plugin.storagelayouts.SeparateFlat;

/** One choice of layout, watcher, drop policy and write mode. */
record Combination(String layout, String watcher, String policy, WriteMode mode) {
    static final Combination DEFAULT =
            new Combination("separate", "per-partition", "prefer-in-sync", WriteMode.BATCHED);
    static final Combination CONSOLIDATED_BATCHED =
            new Combination("consolidated", "batched", "prefer-in-sync", WriteMode.BATCHED);

    /** Record and AR in transactions of their own, so that a crash can come between them. */
    static final Combination SEPARATE_SINGLE =
            new Combination("separate", "per-partition", "prefer-in-sync", WriteMode.SINGLE);

    /** The layout that a vendor might write; in no sweep over all combinations. */
    static final String VENDOR = "example-one-znode-per-topic";

    private static final Map<String, StorageLayout> LAYOUTS = new TreeMap<>(Map.of(
            "separate",
            new Separate(),
            "separate-flat",
            new SeparateFlat(),
            "consolidated",
            new Consolidated(),
            "kip-455",
            new Kip455(),
            VENDOR,
            new OneZnodePerTopic()));
    private static final Map<String, IsrWatcher> WATCHERS = new TreeMap<>(
            Map.of("per-partition", new PerPartition(), "batched", new Batched(), "recursive", new Recursive()));
    private static final Map<String, RequestChannel> CHANNELS = new TreeMap<>(Map.of(
            "payload", new Payload(),
            "legacy", new Legacy(),
            "notify-names", new NotifyNames(),
            "notify-scan", new NotifyScan()));
    private static final Map<String, ConflictPolicy> CONFLICT_POLICIES = new TreeMap<>(Map.of(
            "arrival-order", new ArrivalOrder(),
            "newest-wins", new NewestWins(),
            "refuse-cross-mechanism", new RefuseCrossMechanism()));
    private static final Map<String, DropPolicy> POLICIES = new TreeMap<>(Map.of(
            "keep-all", new KeepAll(),
            "originals", new Originals(),
            "prefer-in-sync", new PreferInSync(),
            "returning", new Returning()));

    static List<Combination> all() {
        List<Combination> all = new ArrayList<>();
        LAYOUTS.keySet().stream()
                .filter(layout -> !layout.equals(VENDOR))
                .forEach(layout -> WATCHERS.keySet()
                        .forEach(watcher -> POLICIES.keySet().forEach(policy -> {
                            for (WriteMode mode : WriteMode.values()) {
                                all.add(new Combination(layout, watcher, policy, mode));
                            }
                        })));
        return all;
    }

    /** Every layout with every watcher and drop policy, in write mode {@code batched}. */
    static List<Combination> batched() {
        return all().stream()
                .filter(combination -> combination.mode() == WriteMode.BATCHED)
                .toList();
    }

    static List<String> channels() {
        return List.copyOf(CHANNELS.keySet());
    }

    static List<String> layouts() {
        return List.copyOf(LAYOUTS.keySet());
    }

    static List<String> conflictPolicies() {
        return List.copyOf(CONFLICT_POLICIES.keySet());
    }

    /** The same with another layout. */
    Combination in(String other) {
        return new Combination(other, watcher, policy, mode);
    }

    Plugins plugins() {
        return plugins("payload", "arrival-order");
    }

    /** With a conflict policy that nobody ships. */
    Plugins plugins(ConflictPolicy conflictPolicy) {
        Plugins shipped = plugins();
        return new Plugins(
                shipped.layout(),
                shipped.otherLayouts(),
                shipped.watcher(),
                shipped.dropPolicy(),
                new NamedPlugin<>("hostile", conflictPolicy),
                shipped.channels(),
                shipped.gateway());
    }

    /** With a drop policy that nobody ships. */
    Plugins plugins(DropPolicy dropPolicy) {
        Plugins shipped = plugins();
        return new Plugins(
                shipped.layout(),
                shipped.otherLayouts(),
                shipped.watcher(),
                new NamedPlugin<>("hostile", dropPolicy),
                shipped.conflictPolicy(),
                shipped.channels(),
                shipped.gateway());
    }

    /** With this channel as the one that requests come by where nothing else is said. */
    Plugins plugins(String channel, String conflictPolicy) {
        List<NamedPlugin<RequestChannel>> channels = new ArrayList<>();
        channels.add(new NamedPlugin<>(channel, CHANNELS.get(channel)));
        CHANNELS.forEach((name, other) -> {
            if (!name.equals(channel) && List.of("payload", "legacy").contains(name)) {
                channels.add(new NamedPlugin<>(name, other));
            }
        });
        return new Plugins(
                new NamedPlugin<>(layout, LAYOUTS.get(layout)),
                LAYOUTS.keySet().stream()
                        .filter(other -> !other.equals(layout))
                        .map(other -> new NamedPlugin<>(other, LAYOUTS.get(other)))
                        .toList(),
                new NamedPlugin<>(watcher, WATCHERS.get(watcher)),
                new NamedPlugin<>(policy, POLICIES.get(policy)),
                new NamedPlugin<>(conflictPolicy, CONFLICT_POLICIES.get(conflictPolicy)),
                channels,
                new NamedPlugin<>("simulated", new SimulatedBrokers()));
    }
}
