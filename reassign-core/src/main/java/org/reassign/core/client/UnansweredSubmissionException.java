package org.reassign.core.client;

/** The session was lost during a write of a request, so that it cannot be known whether it was written. */
public final class UnansweredSubmissionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnansweredSubmissionException(String submission, Throwable cause) {
        super(
                "the connection to ZooKeeper was lost while the request with the submission id " + submission
                        + " was being written, so it may or may not be stored; look at what is in flight before you"
                        + " submit it again",
                cause);
    }
}
