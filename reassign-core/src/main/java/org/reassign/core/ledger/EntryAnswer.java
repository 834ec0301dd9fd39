package org.reassign.core.ledger;

import java.util.Optional;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal;

/**
 * What an entry is to be answered.
 *
 * @param entry the entry
 * @param outcome what became of it
 * @param refusal why, where it is refused
 */
public record EntryAnswer(LedgerEntry entry, Outcome outcome, Optional<Refusal> refusal) {
    EntryAnswer(LedgerEntry entry, Outcome outcome) {
        this(entry, outcome, Optional.empty());
    }
}
