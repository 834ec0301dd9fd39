package org.reassign.core.scenario;

/** A step that did not come to its end; the message is one sentence. */
final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RunReport.Outcome outcome;

    Unmet(RunReport.Outcome outcome, String sentence) {
        super(sentence);
        this.outcome = outcome;
    }

    RunReport.Outcome outcome() {
        return outcome;
    }
}
