package org.reassign.api.model;

import java.util.Optional;
import org.reassign.api.Evolving;

/**
 * The record: what is stored about one partition in flight. There is no step marker; the step follows from this record,
 * the assigned replicas and the {@code state} znode.
 *
 * @param partition which partition
 * @param target the replica list that the newest accepted request asks for, in its order
 * @param original the assigned replicas when the first reassignment of the current chain was accepted, in their order
 * @param dropping the replicas that may be dropped before the target is in sync: a permission until step D3 has
 *     removed them from the ISR, a duty afterwards; never one of the target
 * @param mechanism the kind of channel that the newest accepted request came by
 * @param zxid the zxid of the znode modification that the record follows; orders requests, survives our own rewrites
 * @param request id of that request, such as {@code request_0000000007} or {@code reassign_partitions}
 * @param requester the requester's name, if given
 * @param reason why, if said
 * @param sinceMillis when the first reassignment of the current chain was accepted, in epoch milliseconds
 * @param answer the name under which the requester wants the outcome to be kept, see {@link KeptAnswer}; empty where it
 *     does not
 */
@Evolving(since = "1.0")
public record ReassignmentRecord(
        TopicPartition partition,
        Replicas target,
        Replicas original,
        Replicas dropping,
        Mechanism mechanism,
        long zxid,
        String request,
        Optional<String> requester,
        Optional<String> reason,
        long sinceMillis,
        Optional<String> answer) {

    /**
     * Not part of the API, since components may be added: make records with {@link #of} and {@code with…}. Refuses an
     * empty target, and a target that is being dropped, with {@link IllegalArgumentException}.
     */
    public ReassignmentRecord {
        if (target.isEmpty() || !target.intersect(dropping).isEmpty()) {
            throw new IllegalArgumentException(partition + ": target " + target + ", dropping " + dropping);
        }
    }

    /** A record without a wish for an answer. */
    public ReassignmentRecord(
            TopicPartition partition,
            Replicas target,
            Replicas original,
            Replicas dropping,
            Mechanism mechanism,
            long zxid,
            String request,
            Optional<String> requester,
            Optional<String> reason,
            long sinceMillis) {
        this(
                partition,
                target,
                original,
                dropping,
                mechanism,
                zxid,
                request,
                requester,
                reason,
                sinceMillis,
                Optional.empty());
    }

    /**
     * A record of which only this much is known: nothing is being dropped, no requester and no reason are given, and it
     * follows no request.
     */
    public static ReassignmentRecord of(TopicPartition partition, Replicas target, Replicas original) {
        return new ReassignmentRecord(
                partition,
                target,
                original,
                Replicas.NONE,
                Mechanism.REQUEST,
                0,
                "",
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** The same record with another permission to drop. */
    public ReassignmentRecord dropping(Replicas newDropping) {
        return new ReassignmentRecord(
                partition,
                target,
                original,
                newDropping,
                mechanism,
                zxid,
                request,
                requester,
                reason,
                sinceMillis,
                answer);
    }

    /** The same record, following this request. */
    public ReassignmentRecord withRequest(Mechanism newMechanism, String newRequest, long newZxid) {
        return new ReassignmentRecord(
                partition,
                target,
                original,
                dropping,
                newMechanism,
                newZxid,
                newRequest,
                requester,
                reason,
                sinceMillis,
                answer);
    }

    /** The same record with requester and reason. */
    public ReassignmentRecord withReason(Optional<String> newRequester, Optional<String> newReason) {
        return new ReassignmentRecord(
                partition,
                target,
                original,
                dropping,
                mechanism,
                zxid,
                request,
                newRequester,
                newReason,
                sinceMillis,
                answer);
    }

    /** The same record, of a chain that was accepted at this time. */
    public ReassignmentRecord since(long millis) {
        return new ReassignmentRecord(
                partition, target, original, dropping, mechanism, zxid, request, requester, reason, millis, answer);
    }

    /** The same record, of which the outcome is to be kept under this name. */
    public ReassignmentRecord answeredAs(Optional<String> name) {
        return new ReassignmentRecord(
                partition, target, original, dropping, mechanism, zxid, request, requester, reason, sinceMillis, name);
    }
}
