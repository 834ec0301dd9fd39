package org.reassign.api.spi;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Evolving;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.zk.ZkSnapshot;

/**
 * One topic: its znode {@code /brokers/topics/T} and what is known of its records.
 *
 * @param topic its name
 * @param assigned partition to assigned replicas
 * @param fields the other fields of its JSON, name to JSON text, {@code version} among them
 * @param version the znode's version, for conditional writes
 * @param inFlight the partitions in flight, as last read or written
 * @param records the znodes with data in which this topic's records {@linkplain Placement#holdsRecords can lie}; filled
 *     for decoding
 */
@Evolving(since = "1.0")
public record TopicSnapshot(
        String topic,
        SortedMap<Integer, Replicas> assigned,
        Map<String, String> fields,
        int version,
        SortedMap<Integer, ReassignmentRecord> inFlight,
        ZkSnapshot records) {
    /** Copies the maps. */
    public TopicSnapshot {
        assigned = Collections.unmodifiableSortedMap(new TreeMap<>(assigned));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        inFlight = Collections.unmodifiableSortedMap(new TreeMap<>(inFlight));
    }
}
