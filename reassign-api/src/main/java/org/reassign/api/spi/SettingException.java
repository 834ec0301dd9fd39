package org.reassign.api.spi;

/**
 * A setting has a value that the plugin cannot take: the user's mistake, not the plugin's. Thrown by the accessors of
 * {@link Settings}, or by a plugin's constructor for a check of its own. The host tells the user plugin, key, value and
 * mend in one sentence, and nothing is run.
 */
public final class SettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String mend;

    /**
     * A value that cannot be taken.
     *
     * @param key the setting's key, without the plugin's name
     * @param value the value found
     * @param wrong what is wrong with it, as goes on after a comma, such as "which is no whole number"
     * @param mend what to write instead, as an order, such as "write digits only"
     */
    public SettingException(String key, String value, String wrong, String mend) {
        super(key + " is '" + value + "', " + wrong);
        this.key = key;
        this.mend = mend;
    }

    /** The setting's key. */
    public String key() {
        return key;
    }

    /** What to write instead. */
    public String remedy() {
        return mend;
    }
}
