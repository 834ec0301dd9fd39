package org.reassign.testkit;

import java.util.Map;
import org.reassign.api.spi.Settings;

/** Settings for tests: what was set, and defaults for the rest. */
public final class DefaultSettings implements Settings {
    private final Map<String, String> set;

    private DefaultSettings(Map<String, String> set) {
        this.set = Map.copyOf(set);
    }

    /** Nothing was set. */
    public static Settings none() {
        return new DefaultSettings(Map.of());
    }

    /** These were set, key to text. */
    public static Settings of(Map<String, String> set) {
        return new DefaultSettings(set);
    }

    @Override
    public String getString(String key, String otherwise) {
        return set.getOrDefault(key, otherwise);
    }
}
