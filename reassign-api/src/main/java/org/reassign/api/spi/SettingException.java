package org.reassign.api.spi;

import org.reassign.api.Stable;

/**
 * A setting has a value that the plugin cannot take, or has none: the user's mistake, not the plugin's. Thrown by
 * {@link Settings#of}, or by a plugin's constructor for a check of its own. The host tells the user plugin, key, value
 * and remedy in one sentence, and nothing is run.
 */
@Stable(since = "1.0")
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String remedy;

    /**
     * A value that is not accepted.
     *
     * @param key the setting's key, without the plugin's name
     * @param value the value found
     * @param wrong what is wrong with it, as goes on after a comma, such as "which is no whole number"
     * @param remedy what to write instead, such as "write digits only"
     */
    public SettingException(String key, String value, String wrong, String remedy) {
        this(key + " is '" + value + "', " + wrong, key, remedy);
    }

    private SettingException(String message, String key, String remedy) {
        super(message);
        this.key = key;
        this.remedy = remedy;
    }

    /** A required setting that is not set. */
    public static SettingException missing(String key, String description) {
        return new SettingException(key + " is not set, and it is required", key, "set it with --set: " + description);
    }

    /** The setting's key. */
    public String key() {
        return key;
    }

    /** The remedy. */
    public String remedy() {
        return remedy;
    }
}
