package org.reassign.core.plugin;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.spi.Settings;

/** A plugin's settings that remember which of them were read. */
final class TrackedSettings implements Settings {
    private final String plugin;
    private final Map<String, String> values;
    private final SortedSet<String> read = new TreeSet<>();

    TrackedSettings(String plugin, Map<String, String> values) {
        this.plugin = plugin;
        this.values = Map.copyOf(values);
    }

    @Override
    public String getString(String key, String otherwise) {
        read.add(key);
        return values.getOrDefault(key, otherwise);
    }

    /** Whether the user has set it, so that a value that is refused is the user's. */
    boolean isSet(String key) {
        return values.containsKey(key);
    }

    /** Refuses keys that were set and not read. */
    void refuseUnread() {
        values.keySet().stream()
                .filter(key -> !read.contains(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new ChoiceException("setting " + plugin + "." + key + ": the plugin '" + plugin
                            + "' has no such setting; "
                            + (read.isEmpty() ? "it has none" : "it has " + String.join(", ", read)));
                });
    }
}
