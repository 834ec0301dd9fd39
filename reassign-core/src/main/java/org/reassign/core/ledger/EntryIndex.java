package org.reassign.core.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.StoredRequest;

/** The entries that are stored, by the place that they were read from, by partition and by request. */
final class EntryIndex {
    private final Map<Place, Map<Asked, LedgerEntry>> byPlace = new HashMap<>();
    private final Map<String, SortedSet<LedgerEntry>> byName = new HashMap<>();
    private final Map<RequestKey, Set<LedgerEntry>> byRequest = new HashMap<>();
    private long sequence;

    /** The entries of one read. */
    private record Place(String channel, String path) {}

    private record RequestKey(String channel, String id) {}

    /** The content of an entry: while it is unchanged it is the same entry, even if writes give it another zxid. */
    private record Asked(String request, String name, Class<?> kind, Optional<Replicas> target, long zxid) {}

    /**
     * The difference of a place from its last read.
     *
     * @param come new entries, already in the index
     * @param gone entries that are no longer stored, still in the index
     */
    record Difference(List<LedgerEntry> come, List<LedgerEntry> gone) {}

    Difference observe(String channel, Set<ChannelTrait> traits, String path, List<StoredRequest> requests) {
        Place place = new Place(channel, path);
        Map<Asked, LedgerEntry> before = byPlace.getOrDefault(place, Map.of());
        Map<Asked, LedgerEntry> now = new LinkedHashMap<>();
        List<LedgerEntry> come = new ArrayList<>();
        for (StoredRequest request : requests) {
            for (Optional<StoredRequest.Entry> content : contents(request)) {
                LedgerEntry seen = new LedgerEntry(channel, request, content, traits, sequence++);
                Asked asked = asked(seen);
                LedgerEntry known = before.get(asked);
                if (now.putIfAbsent(asked, known == null ? seen : known) == null && known == null) {
                    come.add(seen);
                }
            }
        }
        List<LedgerEntry> gone = new ArrayList<>();
        before.forEach((asked, entry) -> {
            if (!now.containsKey(asked)) {
                gone.add(entry);
            }
        });
        byPlace.put(place, now);
        if (now.isEmpty()) {
            byPlace.remove(place);
        }
        come.forEach(this::add);
        return new Difference(come, gone);
    }

    private static List<Optional<StoredRequest.Entry>> contents(StoredRequest request) {
        return request.entries().isEmpty()
                ? List.of(Optional.empty())
                : request.entries().stream().map(Optional::of).toList();
    }

    private static Asked asked(LedgerEntry entry) {
        Class<?> kind = entry.content().<Class<?>>map(Object::getClass).orElse(Void.class);
        long zxid = entry.has(ChannelTrait.ONE_ZNODE) ? 0 : entry.request().zxid();
        return new Asked(entry.request().id(), entry.name(), kind, entry.target(), zxid);
    }

    private void add(LedgerEntry entry) {
        byName.computeIfAbsent(entry.name(), name -> new TreeSet<>(LedgerEntry.ORDER))
                .add(entry);
        byRequest.computeIfAbsent(key(entry), key -> new LinkedHashSet<>()).add(entry);
    }

    void remove(LedgerEntry entry) {
        byName.computeIfPresent(entry.name(), (name, entries) -> without(entries, entry));
        byRequest.computeIfPresent(key(entry), (key, entries) -> without(entries, entry));
    }

    private static <S extends Set<LedgerEntry>> S without(S entries, LedgerEntry entry) {
        entries.remove(entry);
        return entries.isEmpty() ? null : entries;
    }

    /** The entries of this name, in the order of the fold. */
    SortedSet<LedgerEntry> named(String name) {
        return byName.getOrDefault(name, Collections.emptySortedSet());
    }

    /** The entries of a request, in the order written. */
    Set<LedgerEntry> of(String channel, String request) {
        return byRequest.getOrDefault(new RequestKey(channel, request), Set.of());
    }

    private static RequestKey key(LedgerEntry entry) {
        return new RequestKey(entry.id().channel(), entry.request().id());
    }
}
