package org.reassign.core.client;

import java.util.Optional;
import java.util.SortedMap;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;

/**
 * What has become of a submitted entry, by what is stored. An entry stays in its request until its record is written or it is
 * answered, and a refusal is stored before the entry goes. So where requests were read before records and records before
 * refusals, an entry that is in none of them has been carried out, or another list was put in its place.
 */
final class OutcomeCheck {
    private final ClusterSnapshot cluster;

    OutcomeCheck(ClusterSnapshot cluster) {
        this.cluster = cluster;
    }

    /**
     * Empty while it waits or is in flight.
     *
     * @param refusals those of its requests, by partition or by request
     */
    Optional<Answer> of(SubmittedTarget entry, SortedMap<String, Refusal> refusals) {
        TopicPartition partition = entry.partition();
        if (isStored(entry) || cluster.unreadable(partition.topic())) {
            return Optional.empty();
        }
        Optional<ReassignmentRecord> record = cluster.record(partition);
        if (record.filter(running -> follows(running, entry)).isPresent()) {
            return Optional.empty();
        }
        if (record.isEmpty()
                && entry.target().isPresent()
                && cluster.assigned(partition).equals(entry.target())) {
            return answer(entry, Outcome.COMPLETED, Optional.empty()); // a refusal is of an earlier entry of that name
        }
        Optional<Refusal> refusal = refusal(entry, refusals);
        if (refusal.isPresent()) {
            return answer(entry, Outcome.REFUSED, refusal);
        }
        if (!cluster.exists(partition.topic())) {
            return answer(entry, Outcome.TOPIC_DELETED, Optional.empty());
        }
        boolean ended = record.isEmpty() && entry.target().isEmpty();
        return answer(entry, ended ? Outcome.COMPLETED : Outcome.SUPERSEDED, Optional.empty());
    }

    private boolean isStored(SubmittedTarget entry) {
        return cluster.entries().stream()
                .anyMatch(stored -> stored.partition().equals(entry.partition())
                        && stored.target().equals(entry.target())
                        && entry.requests().contains(stored.request()));
    }

    /** Whether the record does what was asked, also where it follows an earlier request for the same. */
    private static boolean follows(ReassignmentRecord record, SubmittedTarget entry) {
        Replicas wanted = entry.target().orElse(record.original());
        return record.target().equals(wanted) || entry.requests().contains(record.request());
    }

    private static Optional<Refusal> refusal(SubmittedTarget entry, SortedMap<String, Refusal> refusals) {
        return Optional.ofNullable(refusals.get(entry.partition().toString()))
                .or(() -> entry.requests().stream()
                        .filter(refusals::containsKey)
                        .findFirst()
                        .map(refusals::get));
    }

    /** The answer that was kept. */
    static Answer answer(SubmittedTarget entry, KeptAnswer kept) {
        return answer(entry, kept.outcome(), kept.refusal()).orElseThrow();
    }

    private static Optional<Answer> answer(SubmittedTarget entry, Outcome outcome, Optional<Refusal> refusal) {
        String request = entry.requests().get(entry.requests().size() - 1);
        return Optional.of(
                new Answer(request, entry.mechanism(), entry.partition().toString(), outcome, refusal));
    }
}
