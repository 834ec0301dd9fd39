package org.reassign.plugin.storagelayouts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * One znode per partition in flight, {@code /admin/reassignments/T/P}, as in the KIP since 14 December 2017. Its content
 * is one record: {@code {"version":1,"target":[4,5,6],"original":[1,2,3],"dropping":[],"mechanism":"request",
 * "zxid":8589934621,"request":"request_0000000007","requester":"alice","reason":"rack move","since":1795343978829}}.
 *
 * <p>The parent {@code /admin/reassignments/T}, without data, is created before the topic's first record and deleted
 * after its last. A crash in between leaves it empty; that is no record, and the core deletes it. Record znodes are
 * written unconditionally: the controller is their only writer, and the core fences all it writes by the controller
 * epoch. A record that stays the same is not written.
 */
@Extension
@PluginName(value = "separate", description = "Records in /admin/reassignments/TOPIC/PARTITION")
public final class Separate implements StorageLayout {
    private static final String ROOT = "/admin/reassignments";
    private static final Placement PLACEMENT = new Placement.Nested(ROOT);

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
            Optional<ReassignmentRecord> old =
                    Optional.ofNullable(topic.inFlight().get(change.partition()));
            RecordZnode.write(parent(topic.topic()) + "/" + change.partition(), old, change.record(), before, after);
        }
        boolean some = !RecordCodec.changed(topic, changes).isEmpty();
        if (topic.inFlight().isEmpty() && some) {
            before.add(0, ZkWrite.create(parent(topic.topic()), ""));
        }
        if (!topic.inFlight().isEmpty() && !some) {
            after.add(ZkWrite.delete(parent(topic.topic()), ZkWrite.ANY_VERSION));
        }
        return new RecordWrites(List.copyOf(before), Map.of(), List.copyOf(after));
    }

    private static String parent(String topic) {
        return ROOT + "/" + topic;
    }
}
