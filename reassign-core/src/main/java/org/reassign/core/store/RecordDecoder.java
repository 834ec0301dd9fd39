package org.reassign.core.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.store.TopicRead.Content;

/** Makes a {@link TopicRead} of one topic's znodes. */
final class RecordDecoder {
    private final List<StorageLayout> layouts;
    private final String topic;
    private final SortedMap<String, ZkNode> znodes;
    private final Set<String> strays = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    RecordDecoder(List<StorageLayout> layouts, String topic, SortedMap<String, ZkNode> znodes) {
        this.layouts = layouts;
        this.topic = topic;
        this.znodes = znodes;
    }

    TopicRead decode(Optional<ZkNode> head) {
        Content content = head.map(this::content).orElse(new Content.Absent());
        List<SortedMap<Integer, ReassignmentRecord>> byLayout = new ArrayList<>();
        for (StorageLayout layout : layouts) {
            byLayout.add(head.map(node -> records(layout, content, node)).orElseGet(() -> gone(layout)));
        }
        layouts.forEach(layout -> strayParent(layout.placement()));
        return new TopicRead(topic, content, byLayout, new ZkSnapshot(znodes), List.copyOf(strays), warnings);
    }

    private Content content(ZkNode head) {
        return TopicJson.decode(topic, head)
                .<Content>map(read -> new Content.Present(head.stat().czxid(), read))
                .orElse(new Content.Unreadable(head.stat().czxid(), head.stat().version()));
    }

    private SortedMap<Integer, ReassignmentRecord> gone(StorageLayout layout) {
        for (String path : recordPaths(layout.placement())) {
            ZkNode node = znodes.get(path);
            if (!isEmpty(node) || node.stat().children() == 0) {
                strays.add(path);
            }
        }
        return new TreeMap<>();
    }

    private SortedMap<Integer, ReassignmentRecord> records(StorageLayout layout, Content content, ZkNode head) {
        SortedMap<String, ZkNode> found = new TreeMap<>();
        List<String> older = new ArrayList<>();
        for (String path : recordPaths(layout.placement())) {
            ZkNode node = znodes.get(path);
            if (isEmpty(node)) {
                if (node.stat().children() == 0) {
                    strays.add(path);
                }
            } else if (node.stat().czxid() < head.stat().czxid()) {
                older.add(path);
            } else {
                found.put(path, node);
            }
        }
        if (!older.isEmpty()) {
            warnings.add("records " + older + " are older than topic '" + topic
                    + "', so they belong to a deleted topic of that name; they are removed");
            strays.addAll(older);
        }
        StoredRecords stored = layout.decode(snapshot(content, head, found));
        for (StoredRecords.Fault fault : stored.faults()) {
            warnings.add(fault.sentence());
            fault.znode().ifPresent(strays::add);
        }
        SortedMap<Integer, ReassignmentRecord> records = new TreeMap<>();
        stored.records().forEach(record -> records.put(record.partition().partition(), record));
        return records;
    }

    private TopicSnapshot snapshot(Content content, ZkNode head, SortedMap<String, ZkNode> records) {
        TopicSnapshot read = content instanceof Content.Present present
                ? present.topic()
                : new TopicSnapshot(
                        topic,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        head.stat().version(),
                        new TreeMap<>(),
                        ZkSnapshot.EMPTY);
        return new TopicSnapshot(
                topic, read.assigned(), read.fields(), read.version(), new TreeMap<>(), new ZkSnapshot(records));
    }

    private List<String> recordPaths(Placement placement) {
        return znodes.keySet().stream()
                .filter(placement::holdsRecords)
                .filter(path -> placement.topic(path).equals(Optional.of(topic)))
                .toList();
    }

    /** A parent without data is deleted with the last of its children; one with data is the record of another topic. */
    private void strayParent(Placement placement) {
        Optional<String> parent = placement.parent(topic).filter(znodes::containsKey);
        parent.filter(path -> isEmpty(znodes.get(path))).ifPresent(path -> {
            long staying = znodes.get(path).stat().children()
                    - strays.stream()
                            .filter(stray -> stray.startsWith(path + "/"))
                            .count();
            if (staying <= 0) {
                strays.add(path);
            }
        });
    }

    private static boolean isEmpty(ZkNode node) {
        return TopicReader.isEmpty(node);
    }
}
