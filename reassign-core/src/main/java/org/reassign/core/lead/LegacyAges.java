package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.spi.StoredRequest;

/**
 * Since when each entry of the legacy znode has stood there unchanged. Whoever rewrites it gives all of it a new mzxid,
 * and we do when one entry is finished: those that still wait must not become newer than requests that came after them.
 * A controller that starts knows the znode's mzxid only.
 */
final class LegacyAges {
    private Map<StoredRequest.Entry, Long> since = new HashMap<>();

    /** The same entries, in a request for each age. */
    List<StoredRequest> apart(List<StoredRequest> requests) {
        Map<StoredRequest.Entry, Long> now = new HashMap<>();
        List<StoredRequest> apart = new ArrayList<>();
        for (StoredRequest request : requests) {
            SortedMap<Long, List<StoredRequest.Entry>> byAge = new TreeMap<>();
            for (StoredRequest.Entry entry : request.entries()) {
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

    private static StoredRequest with(StoredRequest request, long zxid, List<StoredRequest.Entry> entries) {
        return new StoredRequest(
                request.id(),
                request.mechanism(),
                zxid,
                request.requester(),
                request.reason(),
                entries,
                request.refusal());
    }
}
