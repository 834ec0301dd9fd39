package org.reassign.plugin.storagelayouts;

/** A stored record cannot be read. The message is the rest of a sentence whose subject is where the record lies. */
final class RecordFault extends Exception {
    private static final long serialVersionUID = 1;

    RecordFault(String message) {
        super(message);
    }
}
