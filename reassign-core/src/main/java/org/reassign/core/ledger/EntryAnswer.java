package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal;

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
}
