package org.reassign.api.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user has set for one plugin: {@code --set NAME.key=value}, or the configuration file. A plugin reads its
 * settings in its constructor; a key that was set and not read there is refused as a mistake of the user's, and so is a
 * value that an accessor does not take. A plugin with a check of its own throws {@link SettingException}; anything else
 * that a constructor throws is the plugin's fault.
 */
public interface Settings {
    /** The text set for a key, or the default. */
    String getString(String key, String otherwise);

    /**
     * The whole number set for a key, or the default.
     *
     * @throws SettingException where it is no number
     */
    default long getLong(String key, long otherwise) {
        String text = getString(key, Long.toString(otherwise));
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new SettingException(key, text, "which is no whole number", "write digits only");
        }
    }

    /**
     * The whole number set for a key, or the default.
     *
     * @throws SettingException where it is no number, or outside the bounds, which are both allowed
     */
    default long getLong(String key, long otherwise, long least, long most) {
        long number = getLong(key, otherwise);
        if (number < least || number > most) {
            throw new SettingException(
                    key,
                    Long.toString(number),
                    "which is outside its bounds",
                    "write a number from " + least + " to " + most);
        }
        return number;
    }

    /**
     * One of some words set for a key, or the default.
     *
     * @throws SettingException where it is none of them
     */
    default String getChoice(String key, String otherwise, Collection<String> allowed) {
        String text = getString(key, otherwise);
        if (!allowed.contains(text)) {
            throw new SettingException(
                    key, text, "which is none of its values", "write one of " + String.join(", ", allowed));
        }
        return text;
    }

    /**
     * Yes or no, written {@code true} or {@code false}.
     *
     * @throws SettingException where it is neither
     */
    default boolean getBoolean(String key, boolean otherwise) {
        return getChoice(key, Boolean.toString(otherwise), List.of("true", "false"))
                .equals("true");
    }

    /**
     * The duration set for a key, written with its unit ({@code 200ms}, {@code 5s}, {@code 2m}), or the default.
     *
     * @throws SettingException where it is none
     */
    default Duration getDuration(String key, Duration otherwise) {
        String text = getString(key, otherwise.toMillis() + "ms").strip();
        Matcher matcher = Pattern.compile("([0-9]{1,12})(ms|s|m)").matcher(text);
        if (!matcher.matches()) {
            throw new SettingException(key, text, "which is no duration", "write it as in 200ms, 5s or 2m");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    /**
     * The duration in milliseconds set for a key, or the default.
     *
     * @throws SettingException where it is no number
     */
    default Duration getMillis(String key, Duration otherwise) {
        return Duration.ofMillis(getLong(key, otherwise.toMillis()));
    }
}
