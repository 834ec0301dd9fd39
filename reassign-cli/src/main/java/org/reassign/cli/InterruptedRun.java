package org.reassign.cli;

/** The user has interrupted the command. */
public final class InterruptedRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What was interrupted, and what becomes of it, in a sentence. */
    public InterruptedRun(String sentence, InterruptedException cause) {
        super(sentence, cause);
    }

    /** The interrupt that ends the command. */
    public InterruptedRun(InterruptedException cause) {
        super("interrupted; what the run had started has been ended", cause);
    }

    /** A call that was interrupted fails as if there had been no answer; the interrupt is what the user is to be told. */
    static void throwIfInterrupted() {
        if (Thread.interrupted()) {
            throw new InterruptedRun(new InterruptedException());
        }
    }
}
