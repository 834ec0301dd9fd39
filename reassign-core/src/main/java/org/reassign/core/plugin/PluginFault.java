package org.reassign.core.plugin;

/** A plugin is at fault. The message is one sentence that names the plugin, what is wrong and the remedy. */
public final class PluginFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A fault. */
    public PluginFault(String sentence) {
        super(sentence);
    }

    /** A fault and what the plugin threw. */
    public PluginFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
