package org.reassign.api.spi;

import org.pf4j.ExtensionPoint;
import org.reassign.api.model.ReassignmentRecord;

/**
 * Whether a request may change a reassignment that is in flight, or that an earlier request waiting beside it has just
 * been accepted for: point 13 of the thread. Pure. Asked once per entry, in the order of the requests' zxids, at
 * controller start as in live running.
 */
public interface ConflictPolicy extends ExtensionPoint {
    /**
     * Decides one entry.
     *
     * @param running what is in flight, or accepted and not yet written
     * @param request the request that comes
     * @param entry its entry for that partition
     */
    Resolution resolve(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry);

    /** What is to become of the entry. */
    sealed interface Resolution {
        /** It takes the place of the running one. */
        record Accept() implements Resolution {}

        /** It is older than the running one, which stays; the entry is answered as superseded. */
        record Outdated() implements Resolution {}

        /** It is refused; the sentence names both and says what to do instead. */
        record Refuse(String sentence) implements Resolution {}
    }
}
