package org.reassign.simulation;

import java.util.TreeMap;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.RunReport;

/** What the report of a run says it was run with. */
public final class ReportedSettings {
    private ReportedSettings() {}

    /** These plugins and this mode, with no settings of their own. */
    public static RunReport.Settings of(String zookeeper, Plugins plugins, WriteMode mode) {
        return new RunReport.Settings(
                zookeeper,
                plugins.layout().name(),
                plugins.watcher().name(),
                plugins.dropPolicy().name(),
                plugins.conflictPolicy().name(),
                plugins.channels().stream().map(NamedPlugin::name).toList(),
                plugins.gateway().name(),
                mode.name(),
                new TreeMap<>());
    }
}
