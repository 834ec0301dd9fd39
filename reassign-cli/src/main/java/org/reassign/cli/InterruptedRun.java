package org.reassign.cli;

/** The user has interrupted the command. */
final class InterruptedRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    InterruptedRun(InterruptedException cause) {
        super("interrupted; what the run had started has been ended", cause);
    }
}
