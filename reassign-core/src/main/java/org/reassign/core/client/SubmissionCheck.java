package org.reassign.core.client;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;
import org.reassign.core.ledger.Validation;

/** Whether an entry is possible in the cluster as read; the controller asks the same again when it reads the request. */
final class SubmissionCheck {
    private SubmissionCheck() {}

    static Optional<Refusal> refusal(ClusterSnapshot cluster, TopicPartition partition, Optional<Replicas> target) {
        Optional<Refusal> form = target.flatMap(replicas -> form(partition, replicas));
        if (form.isPresent() || cluster.unreadable(partition.topic())) {
            return form; // the controller defers what it cannot read
        }
        return Validation.place(cluster, "", partition).or(() -> {
            Optional<ReassignmentRecord> record = cluster.record(partition);
            boolean running = record.isPresent() || !cluster.waiting(partition).isEmpty();
            return Validation.target(
                    cluster,
                    "",
                    new StoredRequest.Valid(partition, target),
                    cluster.assigned(partition).orElseThrow(),
                    running);
        });
    }

    private static Optional<Refusal> form(TopicPartition partition, Replicas replicas) {
        if (replicas.isEmpty()) {
            return Optional.of(new Refusal(
                    Code.EMPTY_REPLICAS, partition + " has the empty replica list []; name at least one broker"));
        }
        return replicas.ids().stream()
                .filter(id -> id < 0)
                .findFirst()
                .map(id -> new Refusal(
                        Code.NEGATIVE_BROKER,
                        partition + " names broker " + id + "; a broker id is at least 0, so name another broker"));
    }
}
