package org.reassign.simulation.scenario;

/** A step that did not come to its end; the message is one sentence. */
final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RunReport.Outcome outcome;

    StepFailedException(RunReport.Outcome outcome, String sentence) {
        super(sentence);
        this.outcome = outcome;
    }

    RunReport.Outcome outcome() {
        return outcome;
    }
}
