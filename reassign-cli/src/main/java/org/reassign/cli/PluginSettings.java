package org.reassign.cli;

import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of plugins, written {@code plugin.key=value}. */
final class PluginSettings {
    private final SortedMap<String, SortedMap<String, String>> byPlugin = new TreeMap<>();

    /** Adds one; {@code from} says where it stands. */
    void add(String key, String value, String from) {
        int dot = key.indexOf('.');
        if (dot < 1 || dot == key.length() - 1) {
            throw new UsageException(from + ": '" + key + "' names no plugin's setting; write PLUGIN.KEY=VALUE");
        }
        byPlugin.computeIfAbsent(key.substring(0, dot), plugin -> new TreeMap<>())
                .put(key.substring(dot + 1), value);
    }

    SortedMap<String, SortedMap<String, String>> byPlugin() {
        return byPlugin;
    }
}
