package org.reassign.core.decide;

import java.util.Optional;
import java.util.function.Function;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;

/**
 * One partition as its controller knows it.
 *
 * @param partition which
 * @param assigned AR as stored
 * @param record the record as stored; empty where decisions are only due because a broker died or came
 * @param state the {@code state} znode as last read or written
 * @param zkVersion its version
 * @param progress what is remembered beyond that
 */
public record PartitionState(
        TopicPartition partition,
        Replicas assigned,
        Optional<ReassignmentRecord> record,
        LeaderAndIsr state,
        int zkVersion,
        Progress progress) {

    /** The replicas that the newest request asks for, or AR where nothing is in flight. */
    public Replicas target() {
        return record.map(ReassignmentRecord::target).orElse(assigned);
    }

    /** The brokers that get LeaderAndIsr: AR without the dropped; from S1 on the target. */
    public Replicas audience() {
        return progress.audience(assigned, target());
    }

    /** The brokers that get StopReplica: the dropped; from S1 on all outside the target. */
    public Replicas leaving() {
        return progress.shrinking() ? assigned.minus(target()) : progress.dropped();
    }

    /** Those of the audience that the reassignment adds; from S1 on none. */
    public Replicas adding() {
        return moving(r -> assigned.minus(r.original()));
    }

    /** Those of the audience that the reassignment removes; from S1 on none. */
    public Replicas removing() {
        return moving(r -> assigned.minus(r.target()));
    }

    private Replicas moving(Function<ReassignmentRecord, Replicas> which) {
        return progress.shrinking()
                ? Replicas.NONE
                : record.map(which).orElse(Replicas.NONE).intersect(audience());
    }

    /** The replicas in sync; another client may have written others into the ISR. */
    public Replicas inSyncReplicas() {
        return state.isr().intersect(assigned);
    }

    /** W1: whether the whole target is in sync and live. */
    public boolean inSync(Replicas live) {
        return record.isPresent() && state.isr().containsAll(target()) && live.containsAll(target());
    }

    /** After {@code state} was read. */
    public PartitionState observed(LeaderAndIsr read, int version) {
        return new PartitionState(partition, assigned, record, read, version, progress);
    }

    /** As a starting controller takes it up, see {@link Progress#recovered}. */
    public PartitionState recovered() {
        return with(record.map(r -> Progress.recovered(r.dropping())).orElse(Progress.IDLE));
    }

    /** After record and AR were written. */
    public PartitionState persisted(
            Replicas nowAssigned, Optional<ReassignmentRecord> nowRecord, Progress nowProgress) {
        return new PartitionState(partition, nowAssigned, nowRecord, state, zkVersion, nowProgress);
    }

    /** After {@code state} was written at {@code zkVersion}. */
    public PartitionState written(LeaderAndIsr content, Progress nowProgress) {
        return new PartitionState(partition, assigned, record, content, zkVersion + 1, nowProgress);
    }

    /** After S4; who registered just now must hear of it all the same. */
    PartitionState completed() {
        Progress now = Progress.IDLE.withPending(progress.delivery().pending().intersect(target()));
        return persisted(target(), Optional.empty(), now);
    }

    PartitionState with(Progress now) {
        return new PartitionState(partition, assigned, record, state, zkVersion, now);
    }

    /** After commands were handed over for sending: none is pending. */
    public PartitionState told() {
        return with(progress.withPending(Replicas.NONE));
    }

    /** A broker registered: it must hear of this partition, and what it answered before no longer counts. */
    public PartitionState registered(int broker) {
        return with(progress.registered(broker, audience()));
    }

    /** A broker knows this leader epoch; one that is not the current epoch makes no difference. */
    public PartitionState leaderAndIsrAnswered(int broker, int leaderEpoch) {
        return leaderEpoch == state.leaderEpoch() ? with(progress.withAnswered(Replicas.of(broker))) : this;
    }

    /**
     * The partition as brokers are told of it.
     *
     * @param replicas the replica list that they are to know
     * @param live the registered brokers among these
     * @param isNew whether the broker that is told starts the replica as new
     */
    public BrokerRequest.PartitionState toBrokers(Replicas replicas, Replicas live, boolean isNew) {
        return new BrokerRequest.PartitionState(
                partition, state, zkVersion, replicas, adding(), removing(), replicas.minus(live), isNew);
    }

    /** Whether the leader is live and knows the current epoch. */
    boolean leaderKnows(Replicas live) {
        return live.contains(state.leader())
                && !progress.delivery().unanswered().contains(state.leader());
    }

    /** Whether the leader and all other live brokers that get LeaderAndIsr know the current epoch. */
    boolean allKnow(Replicas live) {
        Replicas unanswered = progress.delivery().unanswered();
        return leaderKnows(live)
                && unanswered.intersect(audience()).intersect(live).isEmpty();
    }

    /** Whether no replica has to leave: there is no shrink then. */
    boolean onlyGrows() {
        return record.isPresent() && target().containsAll(assigned);
    }

    /** A broker has stopped its replica and deleted its data. */
    public PartitionState stopAnswered(int broker) {
        Replicas one = Replicas.of(broker);
        return leaving().contains(broker)
                ? with(progress.withStops(
                        progress.stops().done().append(one), progress.stops().unreachable()))
                : this;
    }

    /** A live broker did not answer StopReplica in time, however often it was repeated. */
    public PartitionState stopUnanswered(int broker) {
        Replicas one = Replicas.of(broker);
        return leaving().contains(broker)
                ? with(progress.withStops(
                        progress.stops().done(), progress.stops().unreachable().append(one)))
                : this;
    }

    /** A broker knows a higher epoch than StopReplica carried: raise it and send LeaderAndIsr to all again. */
    public PartitionState stopFenced() {
        return with(progress.withDue(true, progress.due().drop()));
    }

    /** The guard has decided on the permitted drops, and nothing had to be written for it. */
    PartitionState dropDecided(Replicas live) {
        return progress.due().drop() && !inSync(live)
                ? with(progress.withDue(progress.due().raise(), false))
                : this;
    }
}
