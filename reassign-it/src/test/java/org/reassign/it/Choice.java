package org.reassign.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.reassign.api.spi.BrokerGateway;
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

/**
 * One of all combinations of plugins and write modes.
 *
 * @param channel what requests come by where nothing else is said; {@code legacy} is open beside it
 */
record Choice(String layout, String watcher, String dropPolicy, String conflictPolicy, String channel, WriteMode mode) {
    static final Choice DEFAULT =
            new Choice("separate", "per-partition", "prefer-in-sync", "arrival-order", "payload", WriteMode.BATCHED);

    static final SortedMap<String, StorageLayout> LAYOUTS = new TreeMap<>(Map.of(
            "separate", new Separate(),
            "separate-flat", new SeparateFlat(),
            "consolidated", new Consolidated(),
            "kip-455", new Kip455()));
    static final SortedMap<String, IsrWatcher> WATCHERS = new TreeMap<>(
            Map.of("per-partition", new PerPartition(), "batched", new Batched(), "recursive", new Recursive()));
    static final SortedMap<String, DropPolicy> DROP_POLICIES = new TreeMap<>(Map.of(
            "keep-all", new KeepAll(),
            "originals", new Originals(),
            "prefer-in-sync", new PreferInSync(),
            "returning", new Returning()));
    static final SortedMap<String, ConflictPolicy> CONFLICT_POLICIES = new TreeMap<>(Map.of(
            "arrival-order", new ArrivalOrder(),
            "newest-wins", new NewestWins(),
            "refuse-cross-mechanism", new RefuseCrossMechanism()));
    static final SortedMap<String, RequestChannel> CHANNELS = new TreeMap<>(Map.of(
            "payload", new Payload(),
            "notify-names", new NotifyNames(),
            "notify-scan", new NotifyScan(),
            "legacy", new Legacy()));

    static List<Choice> all() {
        List<Choice> all = new ArrayList<>();
        LAYOUTS.keySet()
                .forEach(layout -> WATCHERS.keySet()
                        .forEach(watcher -> DROP_POLICIES
                                .keySet()
                                .forEach(dropPolicy -> CONFLICT_POLICIES
                                        .keySet()
                                        .forEach(conflictPolicy -> CHANNELS.keySet()
                                                .forEach(channel -> {
                                                    for (WriteMode mode : WriteMode.values()) {
                                                        all.add(new Choice(
                                                                layout,
                                                                watcher,
                                                                dropPolicy,
                                                                conflictPolicy,
                                                                channel,
                                                                mode));
                                                    }
                                                })))));
        return all;
    }

    /** All combinations of plugins, each in one write mode; which goes round, and starts elsewhere for another turn. */
    static List<Choice> eachInOneMode(int turn) {
        List<Choice> all = all();
        int modes = WriteMode.values().length;
        int perWatcher = DROP_POLICIES.size() * CONFLICT_POLICIES.size() * CHANNELS.size();
        return IntStream.range(0, all.size() / modes)
                .mapToObj(plugins -> all.get(plugins * modes + (plugins + plugins / perWatcher + turn) % modes))
                .toList();
    }

    /** What is chosen, kind by kind. */
    List<Object> values() {
        return List.of(layout, watcher, dropPolicy, conflictPolicy, channel, mode);
    }

    /** From such values. */
    static Choice of(List<Object> values) {
        return new Choice(
                (String) values.get(0),
                (String) values.get(1),
                (String) values.get(2),
                (String) values.get(3),
                (String) values.get(4),
                (WriteMode) values.get(5));
    }

    Choice in(String otherLayout, WriteMode otherMode) {
        return new Choice(otherLayout, watcher, dropPolicy, conflictPolicy, channel, otherMode);
    }

    Choice watchedBy(String otherWatcher) {
        return new Choice(layout, otherWatcher, dropPolicy, conflictPolicy, channel, mode);
    }

    Plugins plugins() {
        return plugins(new SimulatedBrokers());
    }

    Plugins plugins(BrokerGateway gateway) {
        List<NamedPlugin<RequestChannel>> channels = new ArrayList<>();
        channels.add(new NamedPlugin<>(channel, CHANNELS.get(channel)));
        if (!channel.equals("legacy")) {
            channels.add(new NamedPlugin<>("legacy", CHANNELS.get("legacy")));
        }
        return new Plugins(
                new NamedPlugin<>(layout, LAYOUTS.get(layout)),
                LAYOUTS.entrySet().stream()
                        .filter(other -> !other.getKey().equals(layout))
                        .map(other -> new NamedPlugin<>(other.getKey(), other.getValue()))
                        .toList(),
                new NamedPlugin<>(watcher, WATCHERS.get(watcher)),
                new NamedPlugin<>(dropPolicy, DROP_POLICIES.get(dropPolicy)),
                new NamedPlugin<>(conflictPolicy, CONFLICT_POLICIES.get(conflictPolicy)),
                channels,
                new NamedPlugin<>(gateway.startsRealBrokers() ? "takeover" : "simulated", gateway));
    }
}
