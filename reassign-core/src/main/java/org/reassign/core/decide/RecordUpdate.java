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
 * @param owed brokers that leave AR without having been told to delete
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

    /** The end of a G1 or D2 that a crash has cut between record and AR; empty where AR holds the target. */
    static Optional<RecordUpdate> finish(PartitionState p) {
        if (p.assigned().containsAll(p.target())) {
            return Optional.empty();
        }
        return Optional.of(new RecordUpdate(
                p.target().append(p.assigned()),
                p.record(),
                Replicas.NONE,
                p.progress().withRaiseDue()));
    }

    private static RecordUpdate grow(PartitionState p, StoredRequest request, Replicas target, long nowMillis) {
        Replicas assigned = target.append(p.assigned());
        if (target.sameBrokers(p.assigned())) {
            return new RecordUpdate(target, Optional.empty(), Replicas.NONE, p.progress());
        }
        ReassignmentRecord record = record(p, request, target, p.assigned(), Replicas.NONE, nowMillis);
        boolean adds = !p.assigned().containsAll(target);
        return new RecordUpdate(
                assigned,
                Optional.of(record),
                Replicas.NONE,
                Progress.accepted(adds, false, Replicas.NONE)
                        .withToTell(p.progress().toTell()));
    }

    private static RecordUpdate retarget(
            PartitionState p, ReassignmentRecord running, StoredRequest request, Replicas target, Replicas permitted) {
        Progress progress = p.progress();
        Replicas absent = absent(p);
        Replicas gone = absent.minus(target).intersect(progress.stopped().append(progress.unreachable()));
        Replicas dropped = absent.minus(target).minus(gone);
        Replicas assigned = target.append(p.assigned().minus(gone));
        ReassignmentRecord record = record(
                p,
                request,
                target,
                running.original(),
                assigned.minus(target).intersect(permitted.append(dropped)),
                running.sinceMillis());
        boolean adds = !p.assigned().minus(absent).containsAll(target);
        boolean stillRaises = progress.raiseDue() || progress.shrinking();
        Progress after = Progress.accepted(
                        adds || stillRaises, !record.dropping().isEmpty(), dropped)
                .withToTell(progress.toTell().intersect(assigned).minus(dropped));
        return new RecordUpdate(assigned, Optional.of(record), gone.intersect(progress.unreachable()), after);
    }

    /** Replicas that may have been stopped count as absent: the dropped, and after S1 whatever the old target lacked. */
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
                since);
    }
}
