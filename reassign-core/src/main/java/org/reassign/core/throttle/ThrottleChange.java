package org.reassign.core.throttle;

import java.util.List;
import java.util.SortedSet;

/**
 * What was set, or taken off.
 *
 * @param topics the topics whose leases were made, changed or ended
 * @param brokers the brokers likewise
 * @param kept a sentence for each value that was left as it is, since somebody else has written it
 */
public record ThrottleChange(SortedSet<String> topics, SortedSet<Integer> brokers, List<String> kept) {
    /** Copies the list. */
    public ThrottleChange {
        kept = List.copyOf(kept);
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
        return topics.isEmpty() && brokers.isEmpty() && kept.isEmpty();
    }
}
