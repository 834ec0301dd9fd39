package org.reassign.simulation.scenario;

/** The cluster of a scenario could not be set up; some of it may be there. The message is one sentence for the user. */
public final class SetUpFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SetUpFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
