package org.reassign.api.spi;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.Stable;

/**
 * The values of a plugin's declared settings: what the user has set, and the declared default of the rest. A plugin takes
 * it in its constructor. Immutable.
 *
 * <p>Every value has been checked against its {@link Setting} before the plugin is made. A check that a declaration
 * cannot express belongs in the constructor, which throws {@link SettingException}. To read a key that is not declared,
 * or as another type than declared, is a mistake in the plugin and fails with {@link IllegalArgumentException}.
 */
@Stable(since = "1.0")
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m)");

    private final Map<String, Setting> declared;
    private final Map<String, String> values;

    private Settings(Map<String, Setting> declared, Map<String, String> values) {
        this.declared = declared;
        this.values = values;
    }

    /**
     * The settings of a plugin.
     *
     * @param plugin the class that declares them
     * @param set what the user has set, key to text
     * @throws SettingException where a key is not declared, a value does not fit, or a required one is not set
     */
    public static Settings of(Class<?> plugin, Map<String, String> set) {
        Map<String, Setting> declared = new LinkedHashMap<>();
        for (Setting setting : plugin.getAnnotationsByType(Setting.class)) {
            declared.put(setting.key(), setting);
        }
        set.keySet().stream()
                .filter(key -> !declared.containsKey(key))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new SettingException(
                            key,
                            set.get(key),
                            "which is not one of its settings",
                            declared.isEmpty() ? "it has none" : "they are " + String.join(", ", declared.keySet()));
                });
        Map<String, String> values = new HashMap<>();
        declared.forEach((key, setting) -> values.put(key, value(setting, set.get(key))));
        return new Settings(declared, values);
    }

    private static String value(Setting setting, String set) {
        if (set == null && setting.required()) {
            throw SettingException.missing(setting.key(), setting.description());
        }
        String value = set == null ? setting.defaultValue() : set.strip();
        check(setting, value);
        return value;
    }

    /**
     * Whether a value fits a declaration.
     *
     * @throws SettingException where it does not
     */
    public static void check(Setting setting, String value) {
        switch (setting.type()) {
            case TEXT -> checkChoice(setting, value, List.of(setting.choices()));
            case NUMBER -> checkNumber(setting, value);
            case BOOLEAN -> checkChoice(setting, value, List.of("true", "false"));
            case DURATION -> checkDuration(setting, value);
        }
    }

    private static void checkChoice(Setting setting, String value, List<String> allowed) {
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            throw new SettingException(
                    setting.key(), value, "which is none of its values", "write one of " + String.join(", ", allowed));
        }
    }

    private static void checkNumber(Setting setting, String value) {
        if (!value.matches("-?[0-9]{1,18}")) {
            throw new SettingException(setting.key(), value, "which is no whole number", "write digits only");
        }
        long number = Long.parseLong(value);
        if (number < setting.min() || number > setting.max()) {
            throw new SettingException(
                    setting.key(), value, "which is outside its bounds", "write a number " + bounds(setting));
        }
    }

    private static String bounds(Setting setting) {
        if (setting.max() == Long.MAX_VALUE) {
            return "of at least " + setting.min();
        }
        return setting.min() == Long.MIN_VALUE
                ? "of at most " + setting.max()
                : "from " + setting.min() + " to " + setting.max();
    }

    private static void checkDuration(Setting setting, String value) {
        if (!DURATION.matcher(value).matches()) {
            throw new SettingException(setting.key(), value, "which is no duration", "write it as in 200ms, 5s or 2m");
        }
    }

    /** The text of a setting, whatever its type. */
    public String getString(String key) {
        if (!declared.containsKey(key)) {
            throw new IllegalArgumentException("the setting '" + key
                    + "' is read but not declared; add @Setting(key = \"" + key + "\") to the plugin's class");
        }
        return values.get(key);
    }

    /** The number of a {@link Setting.Type#NUMBER}. */
    public long getLong(String key) {
        return Long.parseLong(typed(key, Setting.Type.NUMBER));
    }

    /** Whether a {@link Setting.Type#BOOLEAN} is true. */
    public boolean getBoolean(String key) {
        return typed(key, Setting.Type.BOOLEAN).equals("true");
    }

    /** The duration of a {@link Setting.Type#DURATION}. */
    public Duration getDuration(String key) {
        Matcher matcher = DURATION.matcher(typed(key, Setting.Type.DURATION));
        if (!matcher.matches()) {
            throw new IllegalStateException("checked when the settings were made");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private String typed(String key, Setting.Type type) {
        String value = getString(key);
        if (declared.get(key).type() != type) {
            throw new IllegalArgumentException("the setting '" + key + "' is declared as "
                    + declared.get(key).type() + " and read as " + type + "; declare it as it is read");
        }
        return value;
    }
}
