package org.reassign.core.decide;

import java.util.HashMap;
import java.util.Map;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What may still come in flight: {@link InFlightLimits}, and the names of records, since reading the children of a znode breaks
 * the connection where their names are too many. With nothing in flight there is room for any one partition.
 */
public final class InFlightBudget {
    /** The names under one parent, about half of what ZooKeeper can answer with. */
    static final int NAME_BYTES = 500_000;

    /** So many records have room, whatever their names: none takes more than 300 bytes. */
    public static final int SAFE_RECORDS = NAME_BYTES / 300;

    private static final int LENGTH_BYTES = 4;

    private final InFlightLimits limits;
    private final Records records;
    private final Map<Integer, Integer> receiving = new HashMap<>();
    private final Map<String, Integer> nameBytes = new HashMap<>();
    private int inFlight;

    /** Where a layout keeps its records. */
    public enum Records {
        /** In the topic's znode. */
        IN_TOPIC,
        /** Children of one znode, named by topic and partition. */
        FLAT,
        /** Grandchildren, with a parent for each topic. */
        NESTED
    }

    private InFlightBudget(InFlightLimits limits, Records records) {
        this.limits = limits;
        this.records = records;
    }

    /** All the room there is beside what is in flight. */
    public static InFlightBudget beside(Iterable<ReassignmentRecord> running, InFlightLimits limits, Records records) {
        InFlightBudget room = new InFlightBudget(limits, records);
        running.forEach(record -> room.add(record.partition(), record.target().minus(record.original())));
        return room;
    }

    /** Room without end. */
    public static InFlightBudget unlimited() {
        return new InFlightBudget(InFlightLimits.NONE, Records.IN_TOPIC);
    }

    /** Takes room for one partition more, whose replicas {@code adding} begin to copy, if there is any. */
    public boolean take(TopicPartition partition, Replicas adding) {
        boolean fits = inFlight < limits.inFlight()
                && adding.ids().stream()
                        .allMatch(broker -> receiving.getOrDefault(broker, 0) < limits.inFlightPerBroker())
                && names(partition).entrySet().stream()
                        .allMatch(name -> nameBytes.getOrDefault(name.getKey(), 0) + name.getValue() <= NAME_BYTES);
        if (fits) {
            add(partition, adding);
        }
        return fits;
    }

    private void add(TopicPartition partition, Replicas adding) {
        inFlight++;
        adding.ids().forEach(broker -> receiving.merge(broker, 1, Integer::sum));
        names(partition).forEach((parent, bytes) -> nameBytes.merge(parent, bytes, Integer::sum));
    }

    /** Parents to the bytes that the partition's record adds to their children's names. */
    private Map<String, Integer> names(TopicPartition partition) {
        String topic = partition.topic();
        return switch (records) {
            case IN_TOPIC -> Map.of();
            case FLAT -> Map.of("/", LENGTH_BYTES + partition.toString().length());
            case NESTED -> {
                int number =
                        LENGTH_BYTES + Integer.toString(partition.partition()).length();
                int parent = nameBytes.containsKey(topic) ? 0 : LENGTH_BYTES + topic.length();
                yield Map.of(topic, number, "/", parent);
            }
        };
    }
}
