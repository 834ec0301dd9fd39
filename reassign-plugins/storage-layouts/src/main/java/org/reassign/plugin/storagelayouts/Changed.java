package org.reassign.plugin.storagelayouts;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.TopicSnapshot;

/** The records of a topic once changes are made. */
final class Changed {
    private Changed() {}

    /** Partition to record, of all that are in flight afterwards. */
    static SortedMap<Integer, ReassignmentRecord> records(TopicSnapshot topic, List<RecordChange> changes) {
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>(topic.inFlight());
        for (RecordChange change : changes) {
            change.record()
                    .ifPresentOrElse(
                            record -> records.put(change.partition(), record),
                            () -> records.remove(change.partition()));
        }
        return records;
    }
}
