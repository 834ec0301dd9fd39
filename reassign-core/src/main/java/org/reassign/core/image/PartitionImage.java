package org.reassign.core.image;

import java.util.Optional;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.PartitionState;
import org.reassign.core.decide.Progress;

/**
 * One partition as last observed.
 *
 * @param assigned AR as stored; empty where somebody has removed the partition from its topic while it is in flight
 * @param record the record that is followed, if the partition is in flight
 * @param stored the record as stored: another one, or none, where somebody else has written over it
 * @param attempt what a write of ours of which a part failed would have made of the record; till the topic is read again
 * @param state the {@code state} znode; unknown where nothing is to be decided of the partition
 * @param progress what is remembered beyond that
 */
public record PartitionImage(
        Replicas assigned,
        Optional<ReassignmentRecord> record,
        Optional<ReassignmentRecord> stored,
        Optional<Attempt> attempt,
        Seen<LeaderAndIsr> state,
        Progress progress) {

    /** Record and AR, or the record's end, that may have been written in part. */
    record Attempt(Optional<ReassignmentRecord> record, Replicas assigned) {}

    /** A partition of which nothing is to be decided. */
    static PartitionImage idle(Replicas assigned) {
        return new PartitionImage(
                assigned, Optional.empty(), Optional.empty(), Optional.empty(), new Seen.Unknown<>(), Progress.IDLE);
    }

    /** A partition in flight, as a starting controller finds it. */
    static PartitionImage recovered(Replicas assigned, ReassignmentRecord record) {
        return idle(assigned).following(assigned, record);
    }

    /** A partition in flight that somebody has removed from its topic: AR is written again with what the record knows. */
    static PartitionImage removed(ReassignmentRecord record) {
        PartitionImage found = recovered(Replicas.NONE, record);
        return found.with(found.progress.withOverwritten(record.original()));
    }

    /** What decisions are made from; empty while {@code state} is not known. */
    Optional<PartitionState> decidable(TopicPartition partition) {
        return state.present()
                .map(seen -> new PartitionState(partition, assigned, record, seen.value(), seen.version(), progress));
    }

    /** Whether its state was read, or looked for. */
    public boolean isKnown() {
        return !(state instanceof Seen.Unknown);
    }

    /** Whether it is in flight. */
    public boolean isInFlight() {
        return record.isPresent();
    }

    /** AR as it is once what somebody else has overwritten is written again. */
    Replicas restored() {
        boolean overwritten = !progress.overwritten().isEmpty() && (record.isEmpty() || assigned.isEmpty());
        return overwritten ? progress.overwritten() : assigned;
    }

    private Replicas target() {
        return record.map(ReassignmentRecord::target).orElse(assigned);
    }

    /** Everybody who is told of it is to be told again. */
    PartitionImage untold() {
        return with(progress.withPending(progress.audience(assigned, target())));
    }

    /** A broker has registered. */
    PartitionImage registered(int broker) {
        return with(progress.registered(broker, progress.audience(assigned, target())));
    }

    /** The same after a broker has answered. */
    PartitionImage answered(PartitionState p) {
        return with(p.progress());
    }

    /** The same after a decision about it was written, with {@code state} or without. */
    PartitionImage written(PartitionState p) {
        long czxid = state.present().map(Seen.Present::czxid).orElse(0L);
        Seen<LeaderAndIsr> now = new Seen.Present<>(czxid, p.zkVersion(), p.state());
        boolean asItWas = p.assigned().equals(assigned) && p.record().equals(record);
        if (asItWas && progress.overwritten().isEmpty()) {
            return with(now).with(p.progress()); // nothing of record and AR was written
        }
        return new PartitionImage(p.assigned(), p.record(), p.record(), Optional.empty(), now, p.progress());
    }

    PartitionImage with(Seen<LeaderAndIsr> now) {
        return new PartitionImage(assigned, record, stored, attempt, now, progress);
    }

    PartitionImage with(Progress now) {
        return new PartitionImage(assigned, record, stored, attempt, state, now);
    }

    /** A decision about it was written in part. */
    PartitionImage attempted(PartitionState p) {
        Attempt intended = new Attempt(p.record(), p.assigned());
        return new PartitionImage(assigned, record, stored, Optional.of(intended), state, progress);
    }

    /** As it is stored, where that is what is known or somebody else has written it: what is followed stays. */
    PartitionImage found(Replicas nowAssigned, Optional<ReassignmentRecord> nowStored) {
        return new PartitionImage(nowAssigned, record, nowStored, Optional.empty(), state, progress);
    }

    /** A record was found that is to be followed from now on, as a starting controller would. */
    PartitionImage following(Replicas nowAssigned, ReassignmentRecord found) {
        return new PartitionImage(
                nowAssigned,
                Optional.of(found),
                Optional.of(found),
                Optional.empty(),
                state,
                Progress.recovered(found.dropping()));
    }

    /** Its record was found gone, by our own hand. */
    PartitionImage ended(Replicas nowAssigned) {
        return new PartitionImage(
                nowAssigned, Optional.empty(), Optional.empty(), Optional.empty(), state, Progress.IDLE);
    }

    /** Its epoch is to be raised once and permitted drops are to be decided again, as at a start. */
    PartitionImage recovered() {
        Progress now = record.map(r -> Progress.recovered(r.dropping())).orElse(Progress.IDLE);
        return with(now.withOverwritten(progress.overwritten()));
    }

    /** Nothing is to be decided of it any more. */
    PartitionImage forgotten() {
        return with(new Seen.Unknown<>()).with(Progress.IDLE);
    }
}
