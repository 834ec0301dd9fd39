package org.reassign.api.codec;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.spi.StoredRecords;

/** A stored record cannot be read. The message is the rest of a sentence whose subject is the record's place. */
@Evolving(since = "1.0")
public final class RecordFormatException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 100;

    /** {@code message} such as {@code is no JSON object}. */
    public RecordFormatException(String message) {
        super(message);
    }

    /** Foreign text shortened for a sentence: its beginning, on one line. */
    public static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The fault of a znode that holds nothing else; to give the record up, the znode is deleted. */
    public StoredRecords.Fault ofZnode(String path) {
        return new StoredRecords.Fault(
                Optional.of(path), "the record " + path + " " + getMessage() + "; fix it, or delete it to give it up");
    }

    /**
     * The fault of a part of a znode that holds other things too.
     *
     * @param where the subject of the sentence, naming the path
     */
    public StoredRecords.Fault ofPart(String where) {
        return new StoredRecords.Fault(
                Optional.empty(), where + " " + getMessage() + "; fix it, or remove it to give it up");
    }
}
