package org.reassign.api.spi;

import java.time.Duration;

/**
 * What the user has set for one plugin: {@code --set NAME.key=value}, or the configuration file. A plugin reads its
 * settings in its constructor; a key that was set and not read there is refused as a mistake of the user's.
 */
public interface Settings {
    /** The text set for a key, or the default. */
    String text(String key, String otherwise);

    /**
     * The number set for a key, or the default.
     *
     * @throws IllegalArgumentException where it is no number; the host turns this into a sentence for the user
     */
    default long number(String key, long otherwise) {
        String text = text(key, Long.toString(otherwise));
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is '" + text + "', which is no whole number", e);
        }
    }

    /**
     * The duration in milliseconds set for a key, or the default.
     *
     * @throws IllegalArgumentException where it is no number
     */
    default Duration millis(String key, Duration otherwise) {
        return Duration.ofMillis(number(key, otherwise.toMillis()));
    }
}
