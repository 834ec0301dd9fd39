package org.reassign.cli;

/** ZooKeeper or brokers cannot be reached or commanded; the message is one sentence for the user. */
final class OutOfReachException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfReachException(String sentence) {
        super(sentence);
    }

    OutOfReachException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
