package org.reassign.api.spi;

import java.util.List;
import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.ReassignmentRecord;

/**
 * The records that a layout found.
 *
 * @param records those that could be read, ordered by partition
 * @param faults those that could not
 */
@Evolving(since = "1.0")
public record StoredRecords(List<ReassignmentRecord> records, List<Fault> faults) {
    /** Copies the lists. */
    public StoredRecords {
        records = List.copyOf(records);
        faults = List.copyOf(faults);
    }

    /**
     * A record that cannot be read. No controller can follow it, and while it exists the layout cannot write another in
     * its place.
     *
     * @param znode the znode that holds no record that can be read: to give it up, the core deletes it, and then its
     *     parent where that is left empty and is no root. Empty where other records stand beside it, in the topic znode
     *     or in one for the whole topic; then the layout's next write replaces it
     * @param sentence what is wrong, naming the path
     */
    public record Fault(Optional<String> znode, String sentence) {}
}
