package org.reassign.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.spi.Incoming;

/**
 * Since when each entry of the legacy znode has stood there unchanged. Whoever rewrites it gives all of it a new mzxid,
 * and we do when one entry is finished: those that still wait must not become newer than requests that came after them.
 * A controller that starts knows the znode's mzxid only.
 */
final class LegacyAges {
    private Map<Incoming.Entry, Long> since = new HashMap<>();

    /** The same entries, in a request for each age. */
    List<Incoming> apart(List<Incoming> requests) {
        Map<Incoming.Entry, Long> now = new HashMap<>();
        List<Incoming> apart = new ArrayList<>();
        for (Incoming request : requests) {
            SortedMap<Long, List<Incoming.Entry>> byAge = new TreeMap<>();
            for (Incoming.Entry entry : request.entries()) {
                long zxid = Math.min(request.zxid(), since.getOrDefault(entry, request.zxid()));
                now.put(entry, zxid);
                byAge.computeIfAbsent(zxid, age -> new ArrayList<>()).add(entry);
            }
            byAge.forEach((zxid, entries) -> apart.add(with(request, zxid, entries)));
            if (byAge.isEmpty()) {
                apart.add(request);
            }
        }
        since = now;
        return apart;
    }

    private static Incoming with(Incoming request, long zxid, List<Incoming.Entry> entries) {
        return new Incoming(
                request.id(),
                request.mechanism(),
                zxid,
                request.requester(),
                request.reason(),
                entries,
                request.refusal());
    }
}
