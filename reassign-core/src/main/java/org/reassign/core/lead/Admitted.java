package org.reassign.core.lead;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.ledger.AdmittedEntry;

/**
 * An entry that was admitted in this turn.
 *
 * @param entry the entry
 * @param update its change of record and AR
 * @param before the record that it replaces
 */
record Admitted(AdmittedEntry entry, RecordUpdate update, Optional<ReassignmentRecord> before) {
    boolean comesInFlight() {
        return before.isEmpty() && update.record().isPresent();
    }
}
