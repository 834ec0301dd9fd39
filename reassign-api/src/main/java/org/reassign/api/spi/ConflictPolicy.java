package org.reassign.api.spi;

import org.pf4j.ExtensionPoint;
import org.reassign.api.Stable;
import org.reassign.api.model.ReassignmentRecord;

/**
 * Whether a request may change a reassignment that is in flight, or that an earlier request waiting beside it has just
 * been accepted for: point 13 of the thread. Asked once per entry, in the order of the requests' zxids, at controller
 * start as in live running; an entry that has to wait is asked about again.
 *
 * <p>Pure: equal arguments give equal answers, nothing is read or written. It is called on a thread of its own, one
 * call at a time. A policy that throws, answers null, or does not answer within its deadline (one second) is named in
 * one warning and is not asked again before the controller is restarted or loses leadership; from then on the later
 * request wins.
 */
@Stable(since = "1.0")
public interface ConflictPolicy extends ExtensionPoint {
    /**
     * Decides one entry.
     *
     * @param running what is in flight, as its record says. Or a request that was accepted just before and is not yet
     *     written: then {@code sinceMillis} is 0, {@code dropping} is empty, and it may never be written, since only
     *     the last accepted one is
     * @param request the request that comes
     * @param entry its entry for that partition
     */
    Resolution resolve(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry);

    /** The fate of the entry. */
    sealed interface Resolution {
        /** It takes the place of the running one. */
        record Accept() implements Resolution {}

        /** It is older than the running one, which stays; the entry is answered as superseded. */
        record Outdated() implements Resolution {}

        /** It is refused; the sentence names both and says what to do instead. */
        record Refuse(String sentence) implements Resolution {}
    }
}
