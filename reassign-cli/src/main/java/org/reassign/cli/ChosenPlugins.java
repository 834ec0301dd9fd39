package org.reassign.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pf4j.ExtensionPoint;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginFault;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.PluginKind;

/** Makes the plugins that were chosen. */
public final class ChosenPlugins {
    private final PluginHost host;
    private final ResolvedOptions choices;
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    /** Chooses among the plugins of a host, which stays the caller's. */
    public ChosenPlugins(PluginHost host, ResolvedOptions choices) {
        this.host = host;
        this.choices = choices;
    }

    /** The chosen plugins; a choice or a setting that cannot be is the user's mistake. To be called once. */
    public Plugins make() {
        NamedPlugin<StorageLayout> layout = choose(PluginKind.STORAGE_LAYOUT, choices.value("storage-layout"));
        List<NamedPlugin<RequestChannel>> channels = new ArrayList<>();
        choices.channels().forEach(name -> channels.add(choose(PluginKind.REQUEST_CHANNEL, name)));
        Plugins plugins = new Plugins(
                layout,
                otherLayouts(layout.name()),
                choose(PluginKind.ISR_WATCHER, choices.value("isr-watcher")),
                choose(PluginKind.DROP_POLICY, choices.value("drop-policy")),
                choose(PluginKind.CONFLICT_POLICY, choices.value("conflict-policy")),
                channels,
                choose(PluginKind.GATEWAY, choices.value("gateway")));
        choices.settings().keySet().stream()
                .filter(name -> !names.contains(name) && !name.equals(ControllerOptions.NAME))
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException("setting " + name + "."
                            + choices.settings().get(name).firstKey() + ": no plugin '" + name
                            + "' is chosen; chosen are " + String.join(", ", names));
                });
        refuseVisits(layout);
        return plugins;
    }

    /** What is in flight when a visit ends would stay as it is. */
    private void refuseVisits(NamedPlugin<StorageLayout> layout) {
        if (choices.controller().office().mode() == OfficeSettings.Mode.VISITS
                && !layout.plugin().isCompletedByKafka()) {
            throw new UsageException(
                    "controller.office=visits leaves what is in flight to Kafka's controller, which does not read"
                            + " records in layout '" + layout.name()
                            + "'; choose --storage-layout kip-455, or controller.office=while-busy");
        }
    }

    /** What is wrong with plugins that were not chosen. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(host.warnings());
        all.addAll(warnings);
        return all.stream().distinct().toList();
    }

    private <T extends ExtensionPoint> NamedPlugin<T> choose(PluginKind<T> kind, String name) {
        names.add(name);
        return host.choose(kind, name, choices.settings().getOrDefault(name, new TreeMap<>()));
    }

    /** Layouts whose records are migrated; one that cannot be made is passed over, with a warning. */
    private List<NamedPlugin<StorageLayout>> otherLayouts(String chosen) {
        List<NamedPlugin<StorageLayout>> others = new ArrayList<>();
        for (String name : host.names(PluginKind.STORAGE_LAYOUT)) {
            if (name.equals(chosen)) {
                continue;
            }
            try {
                others.add(host.choose(PluginKind.STORAGE_LAYOUT, name, Map.of()));
            } catch (PluginFault fault) {
                warnings.add(fault.getMessage() + " (records that it wrote are not found)");
            }
        }
        return others;
    }
}
