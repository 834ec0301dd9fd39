package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.throttle.ThrottleTree;

/** Throttles of ours that nothing in flight or requested needs. */
final class ThrottleCheck {
    private ThrottleCheck() {}

    static List<Finding> findings(Examination cluster, ThrottleTree throttles) {
        List<Finding> findings = new ArrayList<>();
        for (String path : throttles.unreadable()) {
            cluster.node(path)
                    .ifPresent(node -> findings.add(finding(
                            path,
                            node,
                            "it is no lease of a throttle",
                            "deletes it; a throttle that it stood for stays in " + configPath(path)
                                    + ": look there, and remove what should not be there with kafka-configs.sh",
                            new Finding.Repair.Write(
                                    List.of(ZkWrite.delete(path, node.stat().version()))))));
        }
        Set<TopicPartition> busy = cluster.busy(throttles.partitions());
        for (String path : throttles.isHeld() ? List.<String>of() : throttles.unneededPaths(busy)) {
            cluster.node(path)
                    .ifPresent(node -> findings.add(finding(
                            path,
                            node,
                            configPath(path) + " is throttled for what is not in flight any more",
                            "restores what stood there before, unless somebody else has changed it since",
                            new Finding.Repair.Release())));
        }
        return findings;
    }

    private static String configPath(String lease) {
        return "/config" + lease.substring(ThrottleTree.ROOT.length());
    }

    private static Finding finding(
            String path, ZkNode node, String sentence, String consequence, Finding.Repair repair) {
        return new Finding(
                Kind.FORGOTTEN_THROTTLE, path, node.text(), node.stat().mtimeMillis(), sentence, consequence, repair);
    }
}
