package org.reassign.simulation.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.TopicSnapshot;

/**
 * What a topic has lost to an outsider, known to who led then, and is not written again yet.
 *
 * @param assigned partition to the assigned replicas that the outsider has left
 * @param records partition to the record that the outsider has taken or changed
 */
record OutsideLoss(
        Optional<FaultyPort> knownTo, Map<Integer, Optional<Replicas>> assigned, Map<Integer, Change> records) {

    static OutsideLoss of(Optional<FaultyPort> leader, TopicSnapshot before, TopicSnapshot after) {
        Map<Integer, Optional<Replicas>> assigned = new HashMap<>();
        Map<Integer, Change> records = new HashMap<>();
        before.assigned().forEach((partition, replicas) -> {
            if (!replicas.equals(after.assigned().get(partition))) {
                assigned.put(partition, Optional.ofNullable(after.assigned().get(partition)));
            }
            ReassignmentRecord record = before.inFlight().get(partition);
            if (!Objects.equals(record, after.inFlight().get(partition))) {
                records.put(partition, new Change(Optional.ofNullable(record), record(after, partition)));
            }
        });
        return new OutsideLoss(leader, assigned, records);
    }

    /** A record before and after. */
    record Change(Optional<ReassignmentRecord> from, Optional<ReassignmentRecord> to) {
        boolean stands(TopicSnapshot now, int partition) {
            boolean ended = from.map(ReassignmentRecord::target)
                    .equals(Optional.ofNullable(now.assigned().get(partition)));
            return !ended && to.equals(record(now, partition));
        }
    }

    private static Optional<ReassignmentRecord> record(TopicSnapshot topic, int partition) {
        return Optional.ofNullable(topic.inFlight().get(partition));
    }

    boolean isNone() {
        return assigned.isEmpty() && records.isEmpty();
    }

    /** With what was lost before. */
    OutsideLoss and(OutsideLoss earlier) {
        Map<Integer, Optional<Replicas>> allAssigned = new HashMap<>(earlier.assigned);
        allAssigned.putAll(assigned);
        Map<Integer, Change> allRecords = new HashMap<>(records);
        allRecords.putAll(earlier.records);
        return new OutsideLoss(knownTo, allAssigned, allRecords);
    }

    /** What is left of it once this is stored: a record is there again, or its target is assigned. */
    OutsideLoss after(TopicSnapshot now) {
        Map<Integer, Optional<Replicas>> stillAssigned = new HashMap<>(assigned);
        stillAssigned
                .entrySet()
                .removeIf(one -> !one.getValue()
                        .equals(Optional.ofNullable(now.assigned().get(one.getKey()))));
        Map<Integer, Change> stillRecords = new HashMap<>(records);
        stillRecords.entrySet().removeIf(one -> !one.getValue().stands(now, one.getKey()));
        return new OutsideLoss(knownTo, stillAssigned, stillRecords);
    }
}
