package org.reassign.core.lead;

/**
 * The chosen layout cannot take over records that another one has left. The message is one sentence with the remedy.
 */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MigrationException(String sentence) {
        super(sentence);
    }
}
