package org.reassign.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.Checksums;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.plugin.PluginHost;
import org.reassign.core.plugin.SettingEntry;
import org.reassign.core.store.WriteMode;
import org.reassign.simulation.scenario.RunReport;
import org.reassign.zk.ZooKeeperAccess;

/**
 * What was chosen: options over the configuration file over the defaults.
 *
 * @param values option name, without dashes, to text
 * @param settings plugin name, or {@code controller}, to what is set for it
 * @param pluginFolders folders of plugins, the bundled ones first
 */
public record ResolvedOptions(
        Map<String, String> values, SortedMap<String, SortedMap<String, String>> settings, List<Path> pluginFolders) {
    private static final Map<String, String> DEFAULTS = defaults();
    private static final String PLUGINS_DIR = "plugins-dir";
    /** An option for a setting of the gateway, however the gateway is called. */
    private static final String COMMAND_CONFIG = "command-config";

    private static final String ZOOKEEPER_CONFIG = "zookeeper-config";
    private static final String CHECKSUMS = "plugin-checksums";

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("zookeeper", "embedded");
        defaults.put("storage-layout", "separate");
        defaults.put("isr-watcher", "per-partition");
        defaults.put("drop-policy", "prefer-in-sync");
        defaults.put("conflict-policy", "arrival-order");
        defaults.put("request-channel", "payload+legacy");
        defaults.put("gateway", "simulated");
        defaults.put("write-mode", "batched");
        defaults.put("output", "text");
        return defaults;
    }

    /** Puts together what a command that works on a cluster was given; each option has one value. */
    public static ResolvedOptions of(ClusterOptions cluster, PluginOptions plugins) {
        return of(cluster, plugins, Map.of());
    }

    /**
     * The same for a command with options of its own.
     *
     * @param own their names, without dashes, and values; null where one was not given, so that the file is asked for it
     */
    public static ResolvedOptions of(ClusterOptions cluster, PluginOptions plugins, Map<String, String> own) {
        return given(cluster, plugins, own).checked("text", "json");
    }

    /** The same, unchecked, for a command whose options may have several values. */
    static ResolvedOptions given(ClusterOptions cluster, PluginOptions plugins) {
        return given(cluster, plugins, Map.of());
    }

    /** The options that the user has named himself, on the command line or else in the file, without defaults. */
    public static Map<String, String> chosen(ClusterOptions cluster, PluginOptions plugins) {
        Map<String, String> chosen = new LinkedHashMap<>(Configuration.read(plugins.config));
        given(cluster).forEach((key, value) -> {
            if (value != null) {
                chosen.put(key, value);
            }
        });
        return chosen;
    }

    private static ResolvedOptions given(ClusterOptions cluster, PluginOptions plugins, Map<String, String> own) {
        Map<String, String> given = given(cluster);
        given.putAll(own);
        return given(given, cluster.set, plugins);
    }

    private static Map<String, String> given(ClusterOptions cluster) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("zookeeper", cluster.zookeeper);
        given.put(ZOOKEEPER_CONFIG, cluster.zookeeperConfig);
        given.put("storage-layout", cluster.storageLayout);
        given.put("isr-watcher", cluster.isrWatcher);
        given.put("drop-policy", cluster.dropPolicy);
        given.put("conflict-policy", cluster.conflictPolicy);
        given.put("request-channel", cluster.requestChannel);
        given.put("gateway", cluster.gateway);
        given.put("write-mode", cluster.writeMode);
        given.put(COMMAND_CONFIG, cluster.commandConfig);
        return given;
    }

    /** Puts together what a command without a cluster was given. */
    static ResolvedOptions of(PluginOptions plugins, Map<String, String> set) {
        return given(new LinkedHashMap<>(), set, plugins).checked("text", "json");
    }

    private static ResolvedOptions given(Map<String, String> given, Map<String, String> set, PluginOptions plugins) {
        given.put("output", plugins.output);
        given.put(CHECKSUMS, plugins.checksums == null ? null : plugins.checksums.toString());
        SortedMap<String, String> file = Configuration.read(plugins.config);
        List<Path> folders = new ArrayList<>(Home.plugins().stream().toList());
        if (plugins.pluginsDirs.isEmpty() && file.containsKey(PLUGINS_DIR)) {
            folders.add(Path.of(file.get(PLUGINS_DIR)));
        }
        folders.addAll(plugins.pluginsDirs);
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        PluginSettings settings = new PluginSettings();
        file.forEach((key, value) -> {
            if (DEFAULTS.containsKey(key)
                    || key.equals(COMMAND_CONFIG)
                    || key.equals(ZOOKEEPER_CONFIG)
                    || given.containsKey(key)) {
                values.put(key, value);
            } else if (key.contains(".")) {
                settings.add(key, value, plugins.config.toString());
            } else if (!key.equals(PLUGINS_DIR)) {
                throw new UsageException(plugins.config + ": unknown key '" + key + "'; known are "
                        + String.join(", ", DEFAULTS.keySet()) + ", " + COMMAND_CONFIG + ", " + ZOOKEEPER_CONFIG + ", "
                        + CHECKSUMS + ", " + PLUGINS_DIR + " and plugin.key");
            }
        });
        given.forEach((key, value) -> {
            if (value != null) {
                values.put(key, value);
            }
        });
        set.forEach((key, value) -> settings.add(key, value, "--set"));
        Optional.ofNullable(values.remove(COMMAND_CONFIG)).ifPresent(named -> {
            for (String gateway : values.get("gateway").split(",", -1)) {
                settings.add(gateway + "." + COMMAND_CONFIG, named, "--" + COMMAND_CONFIG);
            }
        });
        return new ResolvedOptions(values, settings.byPlugin(), folders);
    }

    /** These choices, once each is seen to be possible. */
    ResolvedOptions checked(String... outputs) {
        oneOf("output", List.of(outputs));
        oneOf("write-mode", writeModes());
        if (channels().stream().distinct().count() != channels().size()) {
            throw new UsageException("--request-channel " + value("request-channel") + " names a channel twice");
        }
        var unused = controller();
        if (value(ZOOKEEPER_CONFIG) != null && !value("zookeeper").contains(":")) {
            throw new UsageException(
                    "--" + ZOOKEEPER_CONFIG + " says how to connect with a ZooKeeper at an address, and '"
                            + value("zookeeper") + "' has none; name one with --zookeeper, or leave it out");
        }
        return this;
    }

    /** These choices but for some. */
    ResolvedOptions with(Map<String, String> others) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.putAll(others);
        return new ResolvedOptions(changed, settings, pluginFolders);
    }

    /** These choices with the settings of some plugins only. */
    ResolvedOptions withSettings(SortedMap<String, SortedMap<String, String>> others) {
        return new ResolvedOptions(values, others, pluginFolders);
    }

    /** These choices with one setting of the controller set to this value. */
    public ResolvedOptions withControllerSetting(String key, String value) {
        SortedMap<String, SortedMap<String, String>> changed = new TreeMap<>(settings);
        SortedMap<String, String> own = new TreeMap<>(settings.getOrDefault(ControllerOptions.NAME, new TreeMap<>()));
        own.put(key, value);
        changed.put(ControllerOptions.NAME, own);
        return withSettings(changed).checked("text", "json");
    }

    private void oneOf(String option, List<String> allowed) {
        if (!allowed.contains(value(option))) {
            throw new UsageException(
                    "unknown --" + option + " '" + value(option) + "'; available are " + String.join(", ", allowed));
        }
    }

    /** The value of an option; null where it has no default and was not given. */
    public String value(String option) {
        return values.get(option);
    }

    /** Whether stdout is one JSON document. */
    public boolean json() {
        return value("output").equals("json");
    }

    /** The plugins of the folders; the caller closes it. */
    public PluginHost openPlugins() {
        return PluginHost.open(pluginFolders, checksums());
    }

    /** The jars that may be loaded; empty where all may be. */
    Optional<Checksums> checksums() {
        return Optional.ofNullable(value(CHECKSUMS)).map(file -> Checksums.read(Path.of(file)));
    }

    /** How to connect with the ZooKeeper; what is wrong with the file that says so is the user's mistake. */
    public ZooKeeperAccess zooKeeperAccess() {
        try {
            return Optional.ofNullable(value(ZOOKEEPER_CONFIG))
                    .map(file -> ZooKeeperAccess.read(Path.of(file)))
                    .orElse(ZooKeeperAccess.OPEN);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    WriteMode writeMode() {
        return WriteMode.valueOf(value("write-mode").toUpperCase(Locale.ROOT));
    }

    /** The names of the request channels, in the order given. */
    public List<String> channels() {
        return List.of(value("request-channel").split("\\+", -1));
    }

    static List<String> writeModes() {
        return Arrays.stream(WriteMode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** How the controller is to behave; a wrong setting is the user's mistake. */
    public ControllerSettings controller() {
        return ControllerOptions.of(writeMode(), settings.getOrDefault(ControllerOptions.NAME, new TreeMap<>()));
    }

    /** These choices as reports name them. */
    RunReport.Settings settingsReported(Plugins plugins) {
        return new RunReport.Settings(
                value("zookeeper"),
                value("storage-layout"),
                value("isr-watcher"),
                value("drop-policy"),
                value("conflict-policy"),
                channels(),
                value("gateway"),
                value("write-mode"),
                effective(plugins));
    }

    /** Every declared setting of the controller and the plugins, with what was set or else its default. */
    private SortedMap<String, String> effective(Plugins plugins) {
        SortedMap<String, String> effective = new TreeMap<>();
        Stream<NamedPlugin<?>> named = Stream.concat(
                Stream.of(
                        plugins.layout(),
                        plugins.watcher(),
                        plugins.dropPolicy(),
                        plugins.conflictPolicy(),
                        plugins.gateway()),
                plugins.channels().stream());
        named.forEach(one -> add(one.name(), SettingEntry.of(one.plugin().getClass()), effective));
        add(ControllerOptions.NAME, ControllerOptions.declared(), effective);
        return effective;
    }

    private void add(String owner, List<SettingEntry> declared, SortedMap<String, String> effective) {
        Map<String, String> given = settings.getOrDefault(owner, new TreeMap<>());
        declared.forEach(entry -> Optional.ofNullable(given.getOrDefault(entry.key(), entry.defaultValue()))
                .ifPresent(value -> effective.put(owner + "." + entry.key(), value)));
    }
}
