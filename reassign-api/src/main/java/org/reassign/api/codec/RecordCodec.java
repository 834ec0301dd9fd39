package org.reassign.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Evolving;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;

/**
 * The text of records, the same in every layout:
 *
 * <pre>{@code
 * {"version":1,"target":[4,5,6],"original":[1,2,3],"dropping":[],"mechanism":"request","zxid":8589934621,
 *  "request":"request_0000000007","requester":"alice","reason":"rack move","since":1795343978829}
 * }</pre>
 *
 * <p>{@code target}, {@code original} and {@code dropping} are broker ids in order; {@code mechanism} is {@code request}
 * or {@code legacy}; {@code since} is in epoch milliseconds; {@code requester} and {@code reason} may be absent, all
 * other fields must be there. The KIP stores the target and the length of the original; the rest is what recovery and
 * {@code list} need. {@code "answer"}, which may be absent too, is the name under which the outcome is to be kept ({@link
 * org.reassign.api.model.KeptAnswer}). Only the controller writes records, so they are always encoded from the value; unknown fields are
 * skipped and not kept. All methods are pure and may be called by any thread.
 */
@Evolving(since = "1.0")
public final class RecordCodec {
    private static final Comparator<ReassignmentRecord> BY_PARTITION =
            Comparator.comparing(ReassignmentRecord::partition);

    private RecordCodec() {}

    /** Writes a record; equal records give equal text. */
    public static String encode(ReassignmentRecord record) {
        return RecordJson.encode(record).toString();
    }

    /** Writes the records of a topic as an object from partition number to record, in the order of partitions. */
    public static String encode(SortedMap<Integer, ReassignmentRecord> records) {
        ObjectNode json = RecordJson.object();
        records.forEach((partition, record) -> json.set(Integer.toString(partition), RecordJson.encode(record)));
        return json.toString();
    }

    /** Reads the record of one partition. */
    public static ReassignmentRecord decode(TopicPartition partition, String text) throws RecordFormatException {
        return RecordJson.decode(partition, RecordJson.parse(text));
    }

    /**
     * Reads an object from partition number to record. What cannot be read is a fault {@linkplain
     * RecordFormatException#ofPart of a part}.
     *
     * @param where where the text stands, for sentences; with its path
     * @throws RecordFormatException where the text is no such object, so that nothing of it can be read
     */
    public static StoredRecords decode(String topic, String text, String where) throws RecordFormatException {
        JsonNode json = RecordJson.parse(text);
        if (!json.isObject()) {
            throw new RecordFormatException("is no JSON object");
        }
        List<ReassignmentRecord> records = new ArrayList<>();
        List<StoredRecords.Fault> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> stored : json.properties()) {
            try {
                records.add(RecordJson.decode(partition(topic, stored.getKey()), stored.getValue()));
            } catch (RecordFormatException e) {
                faults.add(e.ofPart("the record '" + RecordFormatException.shown(stored.getKey()) + "' in " + where));
            }
        }
        return new StoredRecords(records.stream().sorted(BY_PARTITION).toList(), faults);
    }

    /** Reads the znodes of a topic that hold one record each. Znodes of other topics and those without data are skipped. */
    public static StoredRecords decode(TopicSnapshot topic, Placement placement) {
        List<ReassignmentRecord> records = new ArrayList<>();
        List<StoredRecords.Fault> faults = new ArrayList<>();
        topic.records().nodes().forEach((path, node) -> {
            boolean isRecord = placement.holdsRecords(path)
                    && placement.topic(path).equals(Optional.of(topic.topic()))
                    && node.data().length > 0;
            if (!isRecord) {
                return;
            }
            try {
                records.add(decode(
                        placement
                                .partition(path)
                                .orElseThrow(() -> new RecordFormatException("ends in no partition number")),
                        node.text()));
            } catch (RecordFormatException e) {
                faults.add(e.ofZnode(path));
            }
        });
        return new StoredRecords(records.stream().sorted(BY_PARTITION).toList(), faults);
    }

    /**
     * Reads a partition number, as a field's name has it; only its shortest form counts, so that no two names mean one
     * partition.
     */
    public static TopicPartition partition(String topic, String text) throws RecordFormatException {
        return TopicPartition.parse(topic + "-" + text)
                .filter(partition -> text.equals(Integer.toString(partition.partition())))
                .orElseThrow(() -> new RecordFormatException(
                        "is named '" + RecordFormatException.shown(text) + "', which is no partition number"));
    }

    /** The records of a topic once changes are made: partition to record. */
    public static SortedMap<Integer, ReassignmentRecord> changed(TopicSnapshot topic, List<RecordChange> changes) {
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
