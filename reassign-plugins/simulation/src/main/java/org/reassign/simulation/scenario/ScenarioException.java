package org.reassign.simulation.scenario;

/** A scenario that cannot be played. The message is one sentence for the user, with file and line where it has them. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A fault, as one sentence. */
    public ScenarioException(String sentence) {
        super(sentence);
    }

    /** A fault and what caused it. */
    public ScenarioException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
