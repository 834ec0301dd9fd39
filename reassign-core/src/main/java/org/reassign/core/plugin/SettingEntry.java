package org.reassign.core.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reassign.api.spi.Setting;

/**
 * A setting as its plugin declares it.
 *
 * @param key the key, without the plugin's name
 * @param type {@code text}, {@code number}, {@code boolean} or {@code duration}
 * @param defaultValue what holds where the user has set nothing; null where it has to be set
 * @param choices the values allowed; empty for any
 * @param description what it does
 */
public record SettingEntry(String key, String type, String defaultValue, List<String> choices, String description) {
    /** The settings that a class declares, in their order. */
    public static List<SettingEntry> of(Class<?> plugin) {
        return Arrays.stream(plugin.getAnnotationsByType(Setting.class))
                .map(setting -> new SettingEntry(
                        setting.key(),
                        setting.type().name().toLowerCase(Locale.ROOT),
                        setting.required() ? null : setting.defaultValue(),
                        List.of(setting.choices()),
                        setting.description()))
                .toList();
    }
}
