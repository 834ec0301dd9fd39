package org.reassign.simulation.faults;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.TopicPartition;
import org.reassign.simulation.StoredState;

/** How much may be in flight, as far as who leads can count it. */
final class InFlightLimitCheck {
    private final int inFlight;
    private final StoredState stored;
    /** Topics that could not be read at some time since the last election. */
    private final Set<String> uncounted = new HashSet<>();

    InFlightLimitCheck(int inFlight, StoredState stored) {
        this.inFlight = inFlight;
        this.stored = stored;
    }

    void spoiled(String topic) {
        uncounted.add(topic);
    }

    void elected() {
        uncounted.removeIf(stored::isReadable);
    }

    /** What is wrong with it that these come in flight. */
    Optional<String> broken(Set<TopicPartition> before, Set<TopicPartition> now) {
        long known = now.stream()
                .filter(partition -> !uncounted.contains(partition.topic()))
                .count();
        return before.containsAll(now) || known <= inFlight
                ? Optional.empty()
                : Optional.of(known + " are in flight, " + inFlight + " may be");
    }
}
