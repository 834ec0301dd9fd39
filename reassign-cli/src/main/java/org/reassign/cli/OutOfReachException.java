package org.reassign.cli;

/** ZooKeeper or brokers cannot be reached or commanded; the message is one sentence for the user. */
public final class OutOfReachException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One sentence. */
    public OutOfReachException(String sentence) {
        super(sentence);
    }

    /** A sentence and how it came to light. */
    public OutOfReachException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
