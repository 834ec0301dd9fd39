package org.reassign.core.run;

/** The chosen layout cannot take over records that another one has left. The message is one sentence with the mend. */
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LayoutException(String sentence) {
        super(sentence);
    }
}
