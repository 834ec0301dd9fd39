package org.reassign.core.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.reassign.api.client.OwedReplica;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.observe.BrokerReader;
import org.reassign.core.store.Await;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/** Reads the cluster as it is stored; blocks until the answers are there. Keeps no state. */
final class StoredCluster {
    private static final String BEING_DELETED = "/admin/delete_topics";
    private static final Pattern ID = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final ZkReader zk;
    private final List<StorageLayout> layouts;
    private final boolean inTopics;

    /**
     * A reader.
     *
     * @param layouts those that records may be in, the one in force first
     * @param inTopics whether the one in force, or one that records are being moved from, keeps them in the topics' znodes
     */
    StoredCluster(ZkReader zk, List<StorageLayout> layouts, boolean inTopics) {
        this.zk = zk;
        this.layouts = List.copyOf(layouts);
        this.inTopics = inTopics;
    }

    /** The topics that can have records: those that have znodes of records, or all where records lie in the topics' own. */
    Set<String> topicsInFlight() {
        if (inTopics) {
            return new TreeSet<>(children(TopicReader.ROOT));
        }
        Set<String> topics = new TreeSet<>();
        for (StorageLayout layout : layouts) {
            Placement placement = layout.placement();
            placement
                    .recordRoot()
                    .ifPresent(root -> children(root)
                            .forEach(name -> placement.topic(root + "/" + name).ifPresent(topics::add)));
        }
        return topics;
    }

    /** These topics, by name. */
    SortedMap<String, TopicRead> topics(Set<String> names) {
        SortedMap<String, TopicRead> topics = new TreeMap<>();
        if (!names.isEmpty()) {
            new TopicReader(zk, layouts).read(names).forEach(read -> topics.put(read.topic(), read));
        }
        return topics;
    }

    /** The {@code state} of these partitions; absent where there is none or it cannot be read. */
    Map<TopicPartition, StoredLeadership> states(Collection<TopicPartition> partitions) {
        Map<TopicPartition, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        partitions.forEach(partition -> reads.put(partition, zk.getData(StateJson.path(partition))));
        Map<TopicPartition, StoredLeadership> states = new LinkedHashMap<>();
        reads.forEach((partition, read) -> Await.done(read)
                .flatMap(node -> StateJson.decode(node.text())
                        .map(state -> new StoredLeadership(state, node.stat().mtimeMillis())))
                .ifPresent(state -> states.put(partition, state)));
        return states;
    }

    /** The ids of the registered brokers. */
    Set<Integer> live() {
        return ids(BrokerReader.ROOT);
    }

    SortedMap<Integer, Broker> brokers() {
        return new BrokerReader(zk, false, () -> {}, () -> {}).read();
    }

    Set<String> beingDeleted() {
        return new TreeSet<>(children(BEING_DELETED));
    }

    List<OwedReplica> owedDeletes() {
        List<OwedReplica> owed = new ArrayList<>();
        for (int broker : ids(OwedDeletes.ROOT)) {
            String parent = OwedDeletes.ROOT + "/" + broker;
            for (String chunk : new TreeSet<>(children(parent))) {
                Await.done(zk.getData(parent + "/" + chunk))
                        .ifPresent(node -> owed.addAll(owed(broker, parent + "/" + chunk, node)));
            }
        }
        return owed;
    }

    private Set<Integer> ids(String parent) {
        Set<Integer> ids = new TreeSet<>();
        children(parent).stream()
                .filter(name -> ID.matcher(name).matches() && Long.parseLong(name) <= Integer.MAX_VALUE)
                .forEach(name -> ids.add(Integer.parseInt(name)));
        return ids;
    }

    private static List<OwedReplica> owed(int broker, String path, ZkNode node) {
        OwedDeletes chunk = new OwedDeletes();
        return chunk.load(path, node.text())
                ? chunk.of(broker).stream()
                        .map(delete -> new OwedReplica(
                                broker, delete.partition(), node.stat().mtimeMillis()))
                        .toList()
                : List.of();
    }

    private List<String> children(String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }
}
