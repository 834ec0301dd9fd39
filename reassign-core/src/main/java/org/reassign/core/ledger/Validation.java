package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/**
 * Step A2: whether topic, partition and brokers of a well-formed entry exist (section 6 of the protocol). Clients ask the same
 * before they submit.
 */
public final class Validation {
    private Validation() {}

    /**
     * Whether there is such a partition; if not, why.
     *
     * @param where how the sentence begins: the request's path and a comma, or nothing
     */
    public static Optional<Refusal> place(AdmissionView cluster, String where, TopicPartition partition) {
        String topic = partition.topic();
        if (!cluster.exists(topic)) {
            return refuse(
                    Code.UNKNOWN_TOPIC,
                    where,
                    partition,
                    "there is no topic '" + topic + "'; name one that /brokers/topics holds");
        }
        if (cluster.beingDeleted(topic)) {
            return refuse(
                    Code.TOPIC_BEING_DELETED, where, partition, "topic '" + topic + "' is being deleted; leave it out");
        }
        if (cluster.assigned(partition).isEmpty()) {
            return refuse(
                    Code.UNKNOWN_PARTITION,
                    where,
                    partition,
                    "topic '" + topic + "' has no partition " + partition.partition() + "; leave it out");
        }
        return Optional.empty();
    }

    /**
     * Whether the target is possible; if not, why.
     *
     * @param assigned the partition's replicas, or those that it will have
     * @param running whether there is something to cancel
     */
    public static Optional<Refusal> target(
            AdmissionView cluster, String where, StoredRequest.Valid entry, Replicas assigned, boolean running) {
        if (entry.target().isEmpty()) {
            return running
                    ? Optional.empty()
                    : refuse(
                            Code.NOT_IN_FLIGHT,
                            where,
                            entry.partition(),
                            "nothing is in flight that could be cancelled; it stays " + assigned);
        }
        Replicas target = entry.target().get();
        Replicas unregistered = target.minus(assigned).filter(id -> !cluster.registered(id));
        return unregistered.isEmpty()
                ? Optional.empty()
                : refuse(
                        Code.UNREGISTERED_BROKER,
                        where,
                        entry.partition(),
                        "target " + target + " adds " + unregistered
                                + ", not registered in /brokers/ids; start it or choose another");
    }

    private static Optional<Refusal> refuse(Code code, String where, TopicPartition partition, String what) {
        return Optional.of(new Refusal(code, where + partition + ": " + what));
    }
}
