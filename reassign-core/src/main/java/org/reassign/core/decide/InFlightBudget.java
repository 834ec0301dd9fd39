package org.reassign.core.decide;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;

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
    private final Placement placement;
    private final Map<Integer, Integer> receiving = new HashMap<>();
    private final Map<String, Integer> nameBytes = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private int inFlight;

    private InFlightBudget(InFlightLimits limits, Placement placement) {
        this.limits = limits;
        this.placement = placement;
    }

    /** All the room there is beside what is in flight. */
    public static InFlightBudget beside(
            Iterable<ReassignmentRecord> running, InFlightLimits limits, Placement placement) {
        InFlightBudget room = new InFlightBudget(limits, placement);
        running.forEach(record -> room.add(record.partition(), record.target().minus(record.original())));
        return room;
    }

    /** Room without end. */
    public static InFlightBudget unlimited() {
        return new InFlightBudget(InFlightLimits.NONE, new Placement.InTopic());
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
        placement.path(partition).ifPresent(counted::add);
    }

    /** Parents to the bytes that the partition's record adds to their children's names. */
    private Map<String, Integer> names(TopicPartition partition) {
        Map<String, Integer> names = new HashMap<>();
        placement.path(partition).filter(path -> !counted.contains(path)).ifPresent(path -> {
            addName(path, names);
            placement
                    .parent(partition.topic())
                    .filter(parent -> !nameBytes.containsKey(parent))
                    .ifPresent(parent -> addName(parent, names));
        });
        return names;
    }

    private static void addName(String path, Map<String, Integer> names) {
        int slash = path.lastIndexOf('/');
        names.put(path.substring(0, slash), LENGTH_BYTES + path.length() - slash - 1);
    }
}
