package org.reassign.api.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.reassign.api.Evolving;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * A reassignment in flight.
 *
 * @param record what is stored about it
 * @param replicas the assigned replicas now: the target, and those that are still to go
 * @param leader the partition's leader; empty where it has none or its {@code state} cannot be read
 * @param isr the replicas in sync; none where {@code state} cannot be read
 * @param changedMillis when it was accepted or its {@code state} was written last, whichever is later, in epoch
 *     milliseconds; 0 where neither is known
 * @param waitsFor what it waits for, never empty
 */
@Evolving(since = "1.0")
public record Reassignment(
        ReassignmentRecord record,
        Replicas replicas,
        OptionalInt leader,
        Replicas isr,
        long changedMillis,
        List<WaitReason> waitsFor) {
    /** Copies the list. */
    public Reassignment {
        waitsFor = List.copyOf(waitsFor);
    }

    /** Which partition. */
    public TopicPartition partition() {
        return record.partition();
    }

    /** The replicas that the first request of this chain did not find: replicas − original. */
    public Replicas adding() {
        return replicas.minus(record.original());
    }

    /** The replicas that go in the end: replicas − target. */
    public Replicas removing() {
        return replicas.minus(record.target());
    }

    /** When the first request of this chain was accepted, in epoch milliseconds; empty where that is not known. */
    public Optional<Long> sinceMillis() {
        return record.sinceMillis() > 0 ? Optional.of(record.sinceMillis()) : Optional.empty();
    }
}
