package org.reassign.plugin.requestchannels;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.reassign.api.model.TopicPartition;

/** Which notification announced a value: the first that was created when the value was last written, or after. */
final class Announcements {
    private static final Comparator<RequestNotification> ORDER =
            Comparator.comparingLong(RequestNotification::czxid).thenComparing(RequestNotification::path);

    private final TreeMap<Long, RequestNotification> scans = new TreeMap<>();
    private final Map<TopicPartition, TreeMap<Long, RequestNotification>> names = new HashMap<>();

    /** {@code all} in the order of their creation. */
    Announcements(List<RequestNotification> all) {
        for (RequestNotification one : all) {
            if (one.refusal().isPresent()) {
                continue;
            }
            if (one.kind().equals(RequestZnodes.SCAN)) {
                scans.putIfAbsent(one.czxid(), one);
            }
            one.named()
                    .forEach(partition -> names.computeIfAbsent(partition, p -> new TreeMap<>())
                            .putIfAbsent(one.czxid(), one));
        }
    }

    /** What announced the value of a partition that was written last at this zxid. */
    Optional<RequestNotification> of(TopicPartition partition, long mzxid) {
        return Stream.of(scans, names.getOrDefault(partition, new TreeMap<>()))
                .flatMap(byCreation -> Optional.ofNullable(byCreation.ceilingEntry(mzxid)).stream())
                .map(Map.Entry::getValue)
                .min(ORDER);
    }
}
