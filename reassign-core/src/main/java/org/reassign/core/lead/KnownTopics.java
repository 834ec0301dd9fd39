package org.reassign.core.lead;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.core.store.Store;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/** What reading topics has shown: which are unreadable, when each was created, and which znodes are to go. */
final class KnownTopics {
    private final TermContext mandate;
    private final ClusterState cluster;
    private final TopicReader reader;
    /** Topic to the zxid of its creation, as last read. */
    private final Map<String, Long> created = new HashMap<>();

    KnownTopics(TermContext mandate, ClusterState cluster) {
        this.mandate = mandate;
        this.cluster = cluster;
        this.reader =
                new TopicReader(mandate.zk(), List.of(mandate.plugins().layout().plugin()));
    }

    /** Recovery: all topics; records in other layouts are moved, and records of topics that are gone are to go. */
    SortedMap<String, TopicSnapshot> begin(Store store, Set<String> names) {
        cluster.topicsStale = false;
        List<StorageLayout> layouts = mandate.plugins().layouts();
        TopicReader everywhere = new TopicReader(mandate.zk(), layouts);
        List<TopicRead> read = everywhere.read(names);
        SortedMap<String, TopicSnapshot> topics = take(read);
        LayoutMigration.Moved moved = new LayoutMigration(mandate, store).move(read);
        cluster.leftBehind.removeAll(moved.paths());
        topics.putAll(take(everywhere.read(moved.topics())));
        cluster.leftBehind.addAll(everywhere.orphanRecords(names));
        return topics;
    }

    /** Those of these topics that can be read. */
    SortedMap<String, TopicSnapshot> read(Collection<String> topics) {
        return take(reader.read(topics));
    }

    private SortedMap<String, TopicSnapshot> take(List<TopicRead> reads) {
        SortedMap<String, TopicSnapshot> topics = new TreeMap<>();
        for (TopicRead read : reads) {
            read.warnings().forEach(mandate.listener()::warning);
            cluster.leftBehind.addAll(read.strays());
            read.snapshot().ifPresent(topic -> topics.put(topic.topic(), topic));
            if (!read.isUnreadable()) {
                cluster.unreadable.remove(read.topic());
                read.czxid().ifPresent(czxid -> created.put(read.topic(), czxid));
            } else if (cluster.unreadable.add(read.topic())) {
                mandate.listener()
                        .warning(TopicReader.path(read.topic())
                                + " does not hold a topic's JSON; it is left alone, and what is to be done with it waits,"
                                + " until it does");
            }
        }
        return topics;
    }

    /** A topic that was read before and cannot be read now, with its records as they are where they have own znodes. */
    TopicSnapshot asKnown(TopicSnapshot known) {
        if (mandate.plugins().layout().plugin().placement() instanceof Placement.InTopic) {
            return known;
        }
        SortedMap<Integer, ReassignmentRecord> records =
                new TreeMap<>(reader.read(List.of(known.topic())).get(0).records());
        records.keySet().retainAll(known.assigned().keySet());
        return TopicRead.with(known, records);
    }

    /** Forgets what was read of other topics than these. */
    void retain(Set<String> topics) {
        created.keySet().retainAll(topics);
        cluster.unreadable.retainAll(topics);
    }

    /** The zxid of the topic's creation, as last read; another one is that of another topic of this name. */
    Optional<Long> created(String topic) {
        return Optional.ofNullable(created.get(topic));
    }
}
