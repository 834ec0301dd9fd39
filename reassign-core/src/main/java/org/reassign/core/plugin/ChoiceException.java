package org.reassign.core.plugin;

/** The user has chosen a plugin, a folder or a setting that does not exist. The message is one sentence. */
public final class ChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A mistake. */
    public ChoiceException(String sentence) {
        super(sentence);
    }

    /** A mistake and how it came to light. */
    public ChoiceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
