package org.reassign.core.lead;

import java.util.Optional;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.core.decide.RecordUpdate;
import org.reassign.core.ledger.AdmittedEntry;

/**
 * An entry that was admitted in this turn.
 *
 * @param entry the entry
 * @param update what it makes of record and AR
 * @param before the record that it takes the place of
 */
record Admitted(AdmittedEntry entry, RecordUpdate update, Optional<ReassignmentRecord> before) {
    boolean comesInFlight() {
        return before.isEmpty() && update.record().isPresent();
    }
}
