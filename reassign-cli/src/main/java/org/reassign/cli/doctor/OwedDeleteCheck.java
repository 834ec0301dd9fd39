package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.OwedDeletes;

/** Deletions owed by brokers that have not been registered for long. */
final class OwedDeleteCheck {
    private OwedDeleteCheck() {}

    /** Those that were written down longer than {@code goneMillis} ago. */
    static List<Finding> findings(Examination cluster, long nowMillis, long goneMillis) {
        List<Finding> findings = new ArrayList<>();
        List<String> live = cluster.children("/brokers/ids");
        SortedMap<String, SortedMap<String, ZkNode>> stored = OwedDeletes.stored(cluster.zk());
        stored.forEach((parent, chunks) -> {
            String broker = parent.substring(parent.lastIndexOf('/') + 1);
            if (live.contains(broker)) {
                return;
            }
            for (Map.Entry<String, ZkNode> chunk : chunks.entrySet()) {
                ZkNode node = chunk.getValue();
                if (nowMillis - node.stat().mtimeMillis() >= goneMillis) {
                    findings.add(finding(broker, chunk.getKey(), node));
                }
            }
        });
        return findings;
    }

    private static Finding finding(String broker, String path, ZkNode node) {
        return new Finding(
                Kind.OWED_DELETE_OF_GONE_BROKER,
                path,
                node.text(),
                node.stat().mtimeMillis(),
                "broker " + broker + " is not registered, and owes the deletion of these replicas",
                "forgets the deletion; should broker " + broker
                        + " come back with its disks, these replicas stay there until somebody deletes them",
                new Finding.Repair.Write(
                        List.of(ZkWrite.delete(path, node.stat().version()))));
    }
}
