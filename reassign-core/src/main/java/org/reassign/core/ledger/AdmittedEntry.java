package org.reassign.core.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StoredRequest;

/**
 * The entry that a partition will follow: the last survivor of the fold.
 *
 * @param source the entry
 * @param target its target; for a cancel the original
 * @param later the targets of later entries, which wait until it is recorded; a cancel counts as the original
 * @param overtaken entries that are answered once its record is written; if it cannot be, those that are still stored
 *     are folded again
 */
public record AdmittedEntry(LedgerEntry source, Replicas target, List<Replicas> later, List<EntryAnswer> overtaken) {
    /** Copies the lists. */
    public AdmittedEntry {
        later = List.copyOf(later);
        overtaken = List.copyOf(overtaken);
    }

    /** The answers that are kept by the transaction that writes its record are at most so many. */
    static final int MOST_KEPT = 500;

    AdmittedEntry(LedgerEntry source, Replicas target) {
        this(source, target, List.of(), List.of());
    }

    /** The request it came with. */
    public StoredRequest request() {
        return source.request();
    }

    /** What it says. */
    public StoredRequest.Valid entry() {
        return (StoredRequest.Valid) source.content().orElseThrow();
    }

    /** The partition that it is about. */
    public TopicPartition partition() {
        return entry().partition();
    }

    /** Whether it cancels. */
    public boolean cancels() {
        return entry().target().isEmpty();
    }

    /**
     * The answers to keep in the transaction that writes it: those of others that it ends, and its own where it needs no
     * record. Of very many that it overtakes the last ones are kept when they are removed.
     *
     * @param before the record that it replaces
     * @param reorders whether it has no record of its own
     */
    public List<KeptAnswer> kept(Optional<ReassignmentRecord> before, boolean reorders) {
        List<KeptAnswer> kept = new ArrayList<>();
        before.flatMap(record -> Ledger.kept(record, cancels() ? Outcome.CANCELLED : Outcome.SUPERSEDED))
                .ifPresent(kept::add);
        overtaken.stream().limit(MOST_KEPT).flatMap(one -> one.kept().stream()).forEach(kept::add);
        if (reorders) {
            new EntryAnswer(source, Outcome.COMPLETED).kept().ifPresent(kept::add);
        }
        return kept;
    }

    /** The same with one more entry behind it. */
    AdmittedEntry before(Replicas one) {
        List<Replicas> more = new ArrayList<>(later);
        more.add(one);
        return new AdmittedEntry(source, target, more, overtaken);
    }

    AdmittedEntry overtaking(List<EntryAnswer> others) {
        return new AdmittedEntry(source, target, later, others);
    }
}
