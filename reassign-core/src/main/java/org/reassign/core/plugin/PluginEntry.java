package org.reassign.core.plugin;

import java.util.List;

/**
 * A plugin as listed. Of a jar that cannot be looked into, kind and name, and perhaps more, are null.
 *
 * @param kind its kind, such as {@code drop-policy}
 * @param name the name by which it is chosen
 * @param version the {@code Plugin-Version} of its jar
 * @param pluginId the {@code Plugin-Id} of its jar
 * @param jar the path of its jar
 * @param sha256 the jar's SHA-256 in hexadecimal
 * @param state {@code usable} or {@code broken}
 * @param problem what is wrong, as one sentence with the remedy; null where nothing is
 * @param description what it does, in one sentence; empty where it does not say
 * @param settings the settings that it declares
 */
public record PluginEntry(
        String kind,
        String name,
        String version,
        String pluginId,
        String jar,
        String sha256,
        String state,
        String problem,
        String description,
        List<SettingEntry> settings) {
    /** The state of a plugin that can be chosen. */
    public static final String USABLE = "usable";
    /** The state of a plugin that cannot. */
    public static final String BROKEN = "broken";

    /** Whether it can be chosen. */
    public boolean usable() {
        return state.equals(USABLE);
    }

    /** The same with this wrong about it, unless something was found before. */
    PluginEntry broken(String sentence) {
        return problem != null
                ? this
                : new PluginEntry(kind, name, version, pluginId, jar, sha256, BROKEN, sentence, description, settings);
    }
}
