package org.reassign.core.decide;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.StoredRequest;

/**
 * The entry that a partition is to follow: the last survivor of the fold.
 *
 * @param request the request it came with
 * @param entry the entry
 * @param target what it asks for; for a cancel the original
 * @param later what entries behind it ask for, which wait until it is recorded; a cancel counts as the original
 * @param overtaken what entries before it are answered once it is written; if it cannot be, those that are still stored
 *     are looked at again
 */
public record AdmittedEntry(
        StoredRequest request,
        StoredRequest.Valid entry,
        Replicas target,
        List<Replicas> later,
        List<Fold.EntryAnswer> overtaken) {
    /** Copies the lists. */
    public AdmittedEntry {
        later = List.copyOf(later);
        overtaken = List.copyOf(overtaken);
    }

    AdmittedEntry(StoredRequest request, StoredRequest.Valid entry, Replicas target) {
        this(request, entry, target, List.of(), List.of());
    }

    /** The same with one more entry behind it. */
    AdmittedEntry before(Replicas one) {
        List<Replicas> more = new ArrayList<>(later);
        more.add(one);
        return new AdmittedEntry(request, entry, target, more, overtaken);
    }

    AdmittedEntry overtaking(List<Fold.EntryAnswer> others) {
        return new AdmittedEntry(request, entry, target, later, others);
    }

    /** Whether it cancels. */
    public boolean cancels() {
        return entry.target().isEmpty();
    }
}
