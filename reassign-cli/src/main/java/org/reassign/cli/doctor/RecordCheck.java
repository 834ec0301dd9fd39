package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;
import org.reassign.cli.doctor.Finding.Kind;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/** Znodes of records that belong to no partition: the topic is gone, or made again, or the content is no record. */
final class RecordCheck {
    private RecordCheck() {}

    static List<Finding> findings(Examination cluster) {
        Set<String> paths = new LinkedHashSet<>();
        cluster.topics().values().forEach(read -> {
            paths.addAll(read.strays());
            paths.addAll(withoutPartition(cluster, read));
        });
        paths.addAll(new TopicReader(cluster.zk(), cluster.layouts())
                .orphanRecords(cluster.topics().keySet()));
        paths.removeIf(path -> isOfNewTopic(cluster, path));
        List<Finding> findings = new ArrayList<>();
        for (String path : paths) {
            cluster.node(path).ifPresent(node -> findings.add(finding(path, node)));
        }
        return findings;
    }

    private static Finding finding(String path, ZkNode node) {
        return new Finding(
                Kind.ORPHAN_RECORD,
                path,
                node.text(),
                node.stat().mtimeMillis(),
                "a znode of records that belongs to no partition in flight",
                "deletes it; nothing follows it, and a later reassignment there is not stopped by it",
                new Finding.Repair.Write(
                        List.of(ZkWrite.delete(path, node.stat().version()))));
    }

    /** Records of partitions that their topic does not have. */
    private static List<String> withoutPartition(Examination cluster, TopicRead read) {
        if (!(read.content() instanceof TopicRead.Content.Present present)) {
            return List.of();
        }
        return cluster.layouts().stream()
                .map(StorageLayout::placement)
                .flatMap(placement -> read.znodes().nodes().keySet().stream()
                        .filter(path -> placement
                                .partition(path)
                                .filter(partition -> partition.topic().equals(read.topic())
                                        && !present.topic().assigned().containsKey(partition.partition()))
                                .isPresent()))
                .toList();
    }

    /** The topic was made after topics were listed: its record is none of an older one. */
    private static boolean isOfNewTopic(Examination cluster, String path) {
        return cluster.layouts().stream()
                .map(StorageLayout::placement)
                .map(placement -> placement.topic(path))
                .flatMap(Optional::stream)
                .filter(topic -> cluster.topic(topic).isEmpty())
                .anyMatch(topic -> cluster.node(TopicReader.path(topic)).isPresent());
    }
}
