package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;

/**
 * The answer to an entry.
 *
 * @param entry the entry
 * @param outcome its outcome
 * @param refusal the reason if it is refused
 */
public record EntryAnswer(LedgerEntry entry, Outcome outcome, Optional<Refusal> refusal) {
    EntryAnswer(LedgerEntry entry, Outcome outcome) {
        this(entry, outcome, Optional.empty());
    }

    /** What is kept of it for the requester; empty where it asked for nothing, or the entry names no partition. */
    Optional<KeptAnswer> kept() {
        return entry.request()
                .answer()
                .flatMap(name -> TopicPartition.parse(entry.name())
                        .filter(partition -> TopicPartition.isTopicName(partition.topic()))
                        .map(partition -> new KeptAnswer(name, partition, outcome, refusal)));
    }
}
