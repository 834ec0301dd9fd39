package org.reassign.plugin.storagelayouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * One znode per partition in flight, {@code /admin/reassignments/T-P}, as in the KIP's first text; the last dash divides,
 * since topic names may hold dashes. Its content is the record that {@code separate} writes. There is no parent per
 * topic, which saves a creation and a deletion for each; all records are children of one znode instead, and reading its
 * children breaks the connection when their names are too many: the core keeps them under 500 kB by running in waves.
 *
 * <p>Record znodes are written unconditionally: the controller is their only writer, and the core fences all it writes
 * by the controller epoch. A record that stays the same is not written.
 */
@Extension
@PluginName(value = "separate-flat", description = "Records in /admin/reassignments/TOPIC-PARTITION")
public final class SeparateFlat implements StorageLayout {
    private static final String ROOT = "/admin/reassignments";
    private static final Placement PLACEMENT = new Placement.Flat(ROOT);

    @Override
    public Placement placement() {
        return PLACEMENT;
    }

    @Override
    public StoredRecords decode(TopicSnapshot topic) {
        return RecordCodec.decode(topic, PLACEMENT);
    }

    @Override
    public RecordWrites encode(TopicSnapshot topic, List<RecordChange> changes) {
        List<ZkWrite> before = new ArrayList<>();
        List<ZkWrite> after = new ArrayList<>();
        for (RecordChange change : changes) {
            String path = ROOT + "/" + new TopicPartition(topic.topic(), change.partition());
            Optional<ReassignmentRecord> old =
                    Optional.ofNullable(topic.inFlight().get(change.partition()));
            RecordZnode.write(path, old, change.record(), before, after);
        }
        return new RecordWrites(List.copyOf(before), Map.of(), List.copyOf(after));
    }
}
