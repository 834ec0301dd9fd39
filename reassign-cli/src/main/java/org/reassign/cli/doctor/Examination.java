package org.reassign.cli.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.cli.client.OpenClient;
import org.reassign.core.client.PublishedPlugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.Await;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/**
 * The cluster as the doctor has read it: who leads, then all topics with their records, then what is in flight or requested.
 *
 * @param zk reads
 * @param open the client
 * @param controller who leads
 * @param layouts all layouts, the one in force first
 * @param topics all topics by name
 * @param listing what is in flight and what waits, read last
 */
record Examination(
        ZkReader zk,
        OpenClient open,
        ControllerStatus controller,
        List<StorageLayout> layouts,
        SortedMap<String, TopicRead> topics,
        ReassignmentListing listing) {
    /** Topics that are read together. */
    private static final int CHUNK = 1_000;

    static Examination of(ZkReader zk, OpenClient open) {
        ControllerStatus controller = open.result(open.client().controller());
        List<StorageLayout> layouts = new PublishedPlugins(open.host())
                .layouts(controller).stream().map(NamedPlugin::plugin).toList();
        SortedMap<String, TopicRead> topics = new TreeMap<>();
        List<String> names = new ArrayList<>(new TreeSet<>(children(zk, TopicReader.ROOT)));
        TopicReader reader = new TopicReader(zk, layouts);
        for (int from = 0; from < names.size(); from += CHUNK) {
            reader.read(names.subList(from, Math.min(names.size(), from + CHUNK)))
                    .forEach(read -> topics.put(read.topic(), read));
        }
        return new Examination(
                zk, open, controller, layouts, topics, open.result(open.client().list()));
    }

    private static List<String> children(ZkReader zk, String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }

    List<String> children(String path) {
        return children(zk, path);
    }

    Optional<ZkNode> node(String path) {
        return Await.done(zk.getData(path));
    }

    boolean leads(ControllerStatus.Leader leader) {
        return controller.leader() == leader;
    }

    /** Which of these are in flight or requested. */
    Set<TopicPartition> busy(Collection<TopicPartition> partitions) {
        Set<TopicPartition> busy = new HashSet<>(partitions);
        Set<TopicPartition> all = new HashSet<>(listing.inFlight().keySet());
        listing.waiting().forEach(entry -> all.add(entry.partition()));
        busy.retainAll(all);
        return busy;
    }

    /** A topic that can be read and was there when topics were read. */
    Optional<TopicRead> topic(String name) {
        return Optional.ofNullable(topics.get(name)).filter(read -> read.czxid().isPresent());
    }
}
