package org.reassign.cli;

/** Wrong usage or input; the message is one sentence for the user. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String sentence) {
        super(sentence);
    }

    UsageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
