package org.reassign.plugin.storagelayouts;

import java.util.Optional;
import org.reassign.api.spi.StoredRecords;

/** A stored record cannot be read. The message is the rest of a sentence whose subject is where the record lies. */
final class RecordFault extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 100;

    RecordFault(String message) {
        super(message);
    }

    /** Text of others as it stands in a sentence: its beginning, on one line. */
    static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The fault of a record that has a znode of its own. */
    static StoredRecords.Fault ofZnode(String path, RecordFault fault) {
        return new StoredRecords.Fault(
                Optional.of(path),
                "the record " + path + " " + fault.getMessage() + "; mend it, or delete it to give it up");
    }

    /** The fault of a part of the topic znode. */
    static StoredRecords.Fault ofField(String where, RecordFault fault) {
        return new StoredRecords.Fault(
                Optional.empty(), where + " " + fault.getMessage() + "; mend it, or remove it to give it up");
    }
}
