package org.reassign.plugin.requestchannels;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.StoredRequest;

/** Finds the entries of a stored request that are settled and still ask for what was settled. */
final class SettledEntries {
    private SettledEntries() {}

    /** Settlements by the id of their request. */
    static Map<String, List<Settlement>> byRequest(List<Settlement> settled) {
        return settled.stream().collect(Collectors.groupingBy(Settlement::request));
    }

    /** The names of the settled entries; one whose target was changed since is not among them. */
    static Set<String> names(StoredRequest request, List<Settlement> settled) {
        record Key(String name, Optional<Replicas> target) {}
        Set<Key> keys = settled.stream()
                .map(settlement -> new Key(settlement.name(), settlement.target()))
                .collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        for (StoredRequest.Entry entry : request.entries()) {
            if (keys.contains(new Key(entry.name(), target(entry)))) {
                names.add(entry.name());
            }
        }
        return names;
    }

    private static Optional<Replicas> target(StoredRequest.Entry entry) {
        return entry instanceof StoredRequest.Valid wanted ? wanted.target() : Optional.empty();
    }
}
