package org.reassign.core.decide;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.StoredRequest;

/**
 * Steps G1 and D2: an accepted request becomes record and assigned replicas. Retargeting and cancelling are the same:
 * target ++ (AR − target), still with what is dropped, without what has been stopped since the last write (D5).
 *
 * @param assigned AR to write
 * @param record the record to write; empty where only the order changes
 * @param owed brokers that leave AR without having confirmed StopReplica
 * @param after the progress once it is written
 */
public record RecordUpdate(Replicas assigned, Optional<ReassignmentRecord> record, Replicas owed, Progress after) {

    /**
     * What to write for an accepted entry.
     *
     * @param target the replica list asked for; for a cancel the original
     * @param permitted what the guard lets the drop policy have; ignored where nothing is in flight
     */
    public static RecordUpdate of(
            PartitionState p, StoredRequest request, Replicas target, Replicas permitted, long nowMillis) {
        return p.record()
                .map(record -> retarget(p, record, request, target, permitted))
                .orElseGet(() -> grow(p, request, target, nowMillis));
    }

    /**
     * The record and AR that must be written again because another client has overwritten them, or the rest of a G1 or
     * D2 that a crash interrupted between the two, or an AR that holds nothing of the ISR. Empty if both are correct. While a controller leads, only it may
     * change the AR of an existing partition, so without a record AR becomes what it was.
     */
    static Optional<RecordUpdate> repair(PartitionState p) {
        Progress progress = p.progress();
        Replicas isr = p.state().isr();
        boolean outside = p.record().isPresent()
                && !isr.isEmpty()
                && isr.intersect(p.assigned()).isEmpty();
        boolean cut = outside || !p.assigned().containsAll(p.target());
        if (progress.overwritten().isEmpty() && !cut) {
            return Optional.empty();
        }
        Progress after = progress.withOverwritten(Replicas.NONE)
                .withDue(cut || progress.due().raise(), progress.due().drop());
        Replicas assigned = p.record().isPresent() ? p.target().append(mayHoldData(p)) : progress.overwritten();
        return Optional.of(new RecordUpdate(assigned, p.record(), Replicas.NONE, after));
    }

    /**
     * Step D5 on its own: AR without the dropped, once they are stopped or owed. Empty where it is not due yet, or the
     * partition is about to complete.
     */
    static Optional<RecordUpdate> drop(PartitionState p, Replicas live) {
        Progress progress = p.progress();
        boolean due = !progress.dropped().isEmpty()
                && !progress.shrinking()
                && !progress.due().raise()
                && !progress.due().drop()
                && p.allKnow(live)
                && !p.inSync(live);
        Replicas untold = progress.dropped().minus(progress.stops().done());
        if (!due
                || !untold.intersect(live).minus(progress.stops().unreachable()).isEmpty()) {
            return Optional.empty();
        }
        Replicas assigned = p.assigned().minus(progress.dropped());
        Progress after = Progress.updated(
                false, false, Replicas.NONE, progress.delivery().within(assigned));
        return Optional.of(new RecordUpdate(assigned, p.record().map(r -> r.dropping(Replicas.NONE)), untold, after));
    }

    /**
     * AR and what was overwritten of it. Also the ISR, if the partition was removed from its topic, since a starting
     * controller does not know what AR was; and if nothing of AR is in it, since no other data are in sync.
     */
    private static Replicas mayHoldData(PartitionState p) {
        Replicas known = p.assigned().append(p.progress().overwritten());
        return p.assigned().isEmpty() || p.state().isr().intersect(known).isEmpty()
                ? known.append(p.state().isr())
                : known;
    }

    private static RecordUpdate grow(PartitionState p, StoredRequest request, Replicas target, long nowMillis) {
        Replicas overwritten = p.progress().overwritten();
        Replicas before = overwritten.isEmpty() ? p.assigned() : overwritten;
        Replicas assigned = target.append(before).append(mayHoldData(p).minus(p.assigned()));
        if (target.sameBrokers(before)) {
            return new RecordUpdate(
                    target, Optional.empty(), Replicas.NONE, p.progress().withOverwritten(Replicas.NONE));
        }
        ReassignmentRecord record = record(p, request, target, before, Replicas.NONE, nowMillis);
        Replicas adds = target.minus(before);
        // a controller before may have ended between AR and G2, and the record is erased: those outside the ISR know
        // nothing
        boolean raise = !adds.isEmpty() || !p.state().isr().containsAll(target);
        return new RecordUpdate(
                assigned,
                Optional.of(record),
                Replicas.NONE,
                Progress.updated(
                        raise, false, Replicas.NONE, p.progress().delivery().adding(adds)));
    }

    private static RecordUpdate retarget(
            PartitionState p, ReassignmentRecord running, StoredRequest request, Replicas target, Replicas permitted) {
        Progress progress = p.progress();
        Replicas absent = absent(p);
        Replicas gone = absent.minus(target)
                .intersect(progress.stops().done().append(progress.stops().unreachable()));
        Replicas dropped = absent.minus(target).minus(gone);
        Replicas assigned = target.append(mayHoldData(p).minus(gone));
        ReassignmentRecord record = record(
                p,
                request,
                target,
                running.original(),
                assigned.minus(target).intersect(permitted.append(dropped)),
                running.sinceMillis());
        Replicas adds = target.minus(p.assigned().minus(absent));
        boolean stillRaises = progress.due().raise() || progress.shrinking();
        Progress after = Progress.updated(
                !adds.isEmpty() || stillRaises,
                !record.dropping().isEmpty(),
                dropped,
                progress.delivery().within(assigned.minus(dropped)).adding(adds));
        return new RecordUpdate(
                assigned, Optional.of(record), gone.intersect(progress.stops().unreachable()), after);
    }

    /**
     * Replicas that may have been stopped count as absent: the dropped, and after S1 whatever the old target lacked.
     */
    public static Replicas absent(PartitionState p) {
        return p.progress().shrinking()
                ? p.assigned().minus(p.target())
                : p.progress().dropped();
    }

    private static ReassignmentRecord record(
            PartitionState p,
            StoredRequest request,
            Replicas target,
            Replicas original,
            Replicas dropping,
            long since) {
        return new ReassignmentRecord(
                p.partition(),
                target,
                original,
                dropping,
                request.mechanism(),
                request.zxid(),
                request.id(),
                request.requester(),
                request.reason(),
                since,
                request.answer());
    }
}
