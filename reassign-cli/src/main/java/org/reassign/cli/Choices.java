package org.reassign.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.reassign.core.store.WriteMode;

/**
 * What was chosen: options over the configuration file over the defaults.
 *
 * @param values option name, without dashes, to text
 * @param settings plugin name to what is set for it
 * @param pluginFolders folders of plugins, the bundled ones first
 */
record Choices(
        Map<String, String> values, SortedMap<String, SortedMap<String, String>> settings, List<Path> pluginFolders) {
    private static final Map<String, String> DEFAULTS = defaults();
    private static final String PLUGINS_DIR = "plugins-dir";

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

    /** Puts together what a command that works on a cluster was given. */
    static Choices of(ClusterOptions cluster, PluginOptions plugins) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("zookeeper", cluster.zookeeper);
        given.put("storage-layout", cluster.storageLayout);
        given.put("isr-watcher", cluster.isrWatcher);
        given.put("drop-policy", cluster.dropPolicy);
        given.put("conflict-policy", cluster.conflictPolicy);
        given.put("request-channel", cluster.requestChannel);
        given.put("gateway", cluster.gateway);
        given.put("write-mode", cluster.writeMode);
        return of(given, cluster.set, plugins);
    }

    /** Puts together what a command without a cluster was given. */
    static Choices of(PluginOptions plugins) {
        return of(new LinkedHashMap<>(), Map.of(), plugins);
    }

    private static Choices of(Map<String, String> given, Map<String, String> set, PluginOptions plugins) {
        given.put("output", plugins.output);
        SortedMap<String, String> file = Configuration.read(plugins.config);
        List<Path> folders = new ArrayList<>(Home.plugins().stream().toList());
        if (plugins.pluginsDirs.isEmpty() && file.containsKey(PLUGINS_DIR)) {
            folders.add(Path.of(file.get(PLUGINS_DIR)));
        }
        folders.addAll(plugins.pluginsDirs);
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        PluginSettings settings = new PluginSettings();
        file.forEach((key, value) -> {
            if (DEFAULTS.containsKey(key)) {
                values.put(key, value);
            } else if (key.contains(".")) {
                settings.add(key, value, plugins.config.toString());
            } else if (!key.equals(PLUGINS_DIR)) {
                throw new UsageException(plugins.config + ": unknown key '" + key + "'; known are "
                        + String.join(", ", DEFAULTS.keySet()) + ", " + PLUGINS_DIR + " and plugin.key");
            }
        });
        given.forEach((key, value) -> {
            if (value != null) {
                values.put(key, value);
            }
        });
        set.forEach((key, value) -> settings.add(key, value, "--set"));
        Choices choices = new Choices(values, settings.byPlugin(), folders);
        choices.check();
        return choices;
    }

    private void check() {
        oneOf("output", List.of("text", "json"));
        oneOf("write-mode", Arrays.stream(WriteMode.values()).map(Choices::text).toList());
        if (channels().stream().distinct().count() != channels().size()) {
            throw new UsageException("--request-channel " + value("request-channel") + " names a channel twice");
        }
    }

    private void oneOf(String option, List<String> allowed) {
        if (!allowed.contains(value(option))) {
            throw new UsageException(
                    "unknown --" + option + " '" + value(option) + "'; available are " + String.join(", ", allowed));
        }
    }

    String value(String option) {
        return values.get(option);
    }

    boolean json() {
        return value("output").equals("json");
    }

    WriteMode writeMode() {
        return WriteMode.valueOf(value("write-mode").toUpperCase(Locale.ROOT));
    }

    List<String> channels() {
        return List.of(value("request-channel").split("\\+", -1));
    }

    private static String text(WriteMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
