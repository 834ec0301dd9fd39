package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/** Step A2: whether topic, partition and brokers of a well-formed entry exist (section 6 of the protocol). */
final class Validation {
    private Validation() {}

    static Optional<Refusal> place(AdmissionView cluster, StoredRequest request, TopicPartition partition) {
        String topic = partition.topic();
        if (!cluster.exists(topic)) {
            return refuse(
                    Code.UNKNOWN_TOPIC,
                    request,
                    partition,
                    "there is no topic '" + topic + "'; name one that /brokers/topics holds");
        }
        if (cluster.beingDeleted(topic)) {
            return refuse(
                    Code.TOPIC_BEING_DELETED,
                    request,
                    partition,
                    "topic '" + topic + "' is being deleted; leave it out");
        }
        if (cluster.assigned(partition).isEmpty()) {
            return refuse(
                    Code.UNKNOWN_PARTITION,
                    request,
                    partition,
                    "topic '" + topic + "' has no partition " + partition.partition() + "; leave it out");
        }
        return Optional.empty();
    }

    static Optional<Refusal> target(
            AdmissionView cluster,
            StoredRequest request,
            StoredRequest.Valid entry,
            Replicas assigned,
            boolean running) {
        if (entry.target().isEmpty()) {
            return running
                    ? Optional.empty()
                    : refuse(
                            Code.NOT_IN_FLIGHT,
                            request,
                            entry.partition(),
                            "nothing is in flight that could be cancelled; it stays " + assigned);
        }
        Replicas target = entry.target().get();
        Replicas unregistered = target.minus(assigned).filter(id -> !cluster.registered(id));
        return unregistered.isEmpty()
                ? Optional.empty()
                : refuse(
                        Code.UNREGISTERED_BROKER,
                        request,
                        entry.partition(),
                        "target " + target + " adds " + unregistered
                                + ", not registered in /brokers/ids; start it or choose another");
    }

    private static Optional<Refusal> refuse(Code code, StoredRequest request, TopicPartition partition, String what) {
        return Optional.of(new Refusal(code, request.path() + ", " + partition + ": " + what));
    }
}
