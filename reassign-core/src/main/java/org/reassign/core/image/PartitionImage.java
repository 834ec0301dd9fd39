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
 * @param assigned AR as stored; empty if another client has removed the partition from its topic while it is in flight
 * @param record the record that is followed, if the partition is in flight
 * @param stored the record as stored: different or absent if another client has written over it
 * @param attempt the record as intended by a write of ours that failed in part; until the topic is read again
 * @param state the {@code state} znode; unknown if the partition needs no decisions
 * @param progress the progress that ZooKeeper does not hold
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

    /** A partition that needs no decisions. */
    static PartitionImage idle(Replicas assigned) {
        return new PartitionImage(
                assigned, Optional.empty(), Optional.empty(), Optional.empty(), new Seen.Unknown<>(), Progress.IDLE);
    }

    /** A partition in flight, as a starting controller finds it. */
    static PartitionImage recovered(Replicas assigned, ReassignmentRecord record) {
        return idle(assigned).following(assigned, record);
    }

    /** A partition in flight that another client has removed from its topic: AR is written again from the record. */
    static PartitionImage removed(ReassignmentRecord record) {
        PartitionImage found = recovered(Replicas.NONE, record);
        return found.with(found.progress.withOverwritten(record.original()));
    }

    /** Whether a write of ours that may have been done in part has made this of it: another record, or its end. */
    boolean isExplained(Replicas nowAssigned, Optional<ReassignmentRecord> nowStored) {
        boolean followed = nowStored.isPresent() || target().equals(nowAssigned);
        return attempt.filter(it -> it.record().equals(nowStored)).isPresent() && !nowStored.equals(record) && followed;
    }

    /** The input of decisions; empty while {@code state} is not known. */
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

    Replicas target() {
        return record.map(ReassignmentRecord::target).orElse(assigned);
    }

    /** Its whole audience must get LeaderAndIsr again. */
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

    /**
     * The same with the record as stored, if it is the known one or a foreign one; the record that is followed stays.
     */
    PartitionImage found(Replicas nowAssigned, Optional<ReassignmentRecord> nowStored) {
        return new PartitionImage(nowAssigned, record, nowStored, Optional.empty(), state, progress);
    }

    /** A record was found that is followed from now on, as a starting controller would. */
    PartitionImage following(Replicas nowAssigned, ReassignmentRecord found) {
        return new PartitionImage(
                nowAssigned,
                Optional.of(found),
                Optional.of(found),
                Optional.empty(),
                state,
                Progress.recovered(found.dropping()));
    }

    /** Its record was found gone, by a write of our own. */
    PartitionImage ended(Replicas nowAssigned) {
        return new PartitionImage(
                nowAssigned, Optional.empty(), Optional.empty(), Optional.empty(), state, Progress.IDLE);
    }

    /** Its epoch must be raised once and permitted drops decided again, as at a start. */
    PartitionImage recovered() {
        Progress now = record.map(r -> Progress.recovered(r.dropping())).orElse(Progress.IDLE);
        return with(now.withOverwritten(progress.overwritten()));
    }

    /** Its {@code state} must be read before it is decided. */
    PartitionImage unknown() {
        return with(state.forgotten());
    }

    /** It needs no more decisions. */
    PartitionImage forgotten() {
        return unknown().with(Progress.IDLE);
    }
}
