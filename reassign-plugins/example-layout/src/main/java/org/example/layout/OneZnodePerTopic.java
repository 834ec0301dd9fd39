package org.example.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pf4j.Extension;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/** One znode per topic, {@code /admin/example_moves/T}, with the records of all its partitions in flight. */
@Extension
@PluginName("example-one-znode-per-topic")
public final class OneZnodePerTopic implements StorageLayout {
    private static final String ROOT = "/admin/example_moves";

    @Override
    public Placement placement() {
        return new Placement.OnePerTopic(ROOT);
    }

    @Override
    public StoredRecords decode(TopicSnapshot topic) {
        String path = ROOT + "/" + topic.topic();
        if (topic.records().get(path).isEmpty()) {
            return new StoredRecords(List.of(), List.of());
        }
        try {
            String text = topic.records().get(path).get().text();
            StoredRecords stored = RecordCodec.decode(topic.topic(), text, path);
            if (stored.records().isEmpty()) {
                throw new RecordFormatException("holds no record that can be read");
            }
            return stored;
        } catch (RecordFormatException e) {
            return new StoredRecords(List.of(), List.of(e.ofZnode(path)));
        }
    }

    @Override
    public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
        SortedMap<Integer, ReassignmentRecord> now = RecordCodec.changed(topic, changes);
        SortedMap<Integer, ReassignmentRecord> meanwhile = new TreeMap<>(topic.inFlight());
        meanwhile.putAll(now); // those that end are read until the topic is written
        List<ZkWrite> before = new ArrayList<>();
        List<ZkWrite> after = new ArrayList<>();
        write(topic, topic.inFlight(), meanwhile).ifPresent(before::add);
        write(topic, meanwhile, now).ifPresent(after::add);
        return new RecordWrites(before, Map.of(), after);
    }

    private static Optional<ZkWrite> write(
            TopicSnapshot topic, Map<Integer, ReassignmentRecord> old, SortedMap<Integer, ReassignmentRecord> now) {
        String path = ROOT + "/" + topic.topic();
        if (old.equals(now)) {
            return Optional.empty();
        }
        if (now.isEmpty()) {
            return Optional.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION));
        }
        String text = RecordCodec.encode(now);
        return Optional.of(
                old.isEmpty() ? ZkWrite.create(path, text) : ZkWrite.setData(path, text, ZkWrite.ANY_VERSION));
    }
}
