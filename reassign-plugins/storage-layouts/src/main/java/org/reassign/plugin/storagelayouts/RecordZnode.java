package org.reassign.plugin.storagelayouts;

import java.util.List;
import java.util.Optional;
import org.reassign.api.codec.RecordCodec;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.zk.ZkWrite;

/** Writes a record that has a znode of its own. */
final class RecordZnode {
    private RecordZnode() {}

    /** Adds what takes the znode from one record to another, or to none: nothing where they are equal. */
    static void write(
            String path,
            Optional<ReassignmentRecord> old,
            Optional<ReassignmentRecord> now,
            List<ZkWrite> before,
            List<ZkWrite> after) {
        if (old.equals(now)) {
            return;
        }
        if (now.isEmpty()) {
            after.add(ZkWrite.delete(path, ZkWrite.ANY_VERSION));
            return;
        }
        String text = RecordCodec.encode(now.get());
        before.add(old.isEmpty() ? ZkWrite.create(path, text) : ZkWrite.setData(path, text, ZkWrite.ANY_VERSION));
    }
}
