package org.reassign.cli;

/** Wrong usage or input; the message is one sentence for the user. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One sentence. */
    public UsageException(String sentence) {
        super(sentence);
    }

    /** A mistake and how it came to light. */
    public UsageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
