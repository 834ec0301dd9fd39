package org.reassign.core.decide;

import org.reassign.api.model.Replicas;
import org.reassign.api.spi.Incoming;

/**
 * The entry that a partition is to follow: the last survivor of the fold.
 *
 * @param request the request it came with
 * @param entry the entry
 * @param target what it asks for; for a cancel the original
 */
public record Accepted(Incoming request, Incoming.Wanted entry, Replicas target) {
    /** Whether it cancels. */
    public boolean cancels() {
        return entry.target().isEmpty();
    }
}
