package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;

/** Reads the state of a cluster from ZooKeeper, as any client may. Every stage completes on the port's thread. */
final class ObservedCluster {
    private static final String REQUESTS = "/admin/reassignment_requests";
    private static final List<String> ROOTS =
            List.of(REQUESTS, "/admin/reassignment_targets", "/isr_change_notification");
    private static final String LEGACY = "/admin/reassign_partitions";
    private static final String OWED = "/admin/reassignment_deletes";

    private static final List<String> KAFKAS_LISTS = List.of("adding_replicas", "removing_replicas");

    private final ZkReader zk;
    private final List<StorageLayout> layouts;

    ObservedCluster(ZkReader zk, List<StorageLayout> layouts) {
        this.zk = zk;
        this.layouts = layouts;
    }

    /** The registered brokers: the names below {@code /brokers/ids}, with the text of each. */
    CompletableFuture<SortedMap<String, String>> registrations() {
        return children("/brokers/ids")
                .thenCompose(names -> each(
                        names,
                        name -> text("/brokers/ids/" + name)
                                .thenApply(text -> text.map(found -> Map.entry(name, found)).stream()
                                        .toList())))
                .thenApply(found -> {
                    SortedMap<String, String> byName = new TreeMap<>();
                    found.forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
                    return byName;
                });
    }

    /** The names below {@code /brokers/topics}, sorted. */
    CompletableFuture<List<String>> topics() {
        return children("/brokers/topics");
    }

    /** The text of a znode; empty where there is none. */
    CompletableFuture<Optional<String>> text(String path) {
        return node(path).thenApply(node -> node.map(ZkNode::text));
    }

    /** Topics among these that exist. */
    CompletableFuture<List<String>> existing(Collection<String> topics) {
        return each(
                topics,
                topic -> zk.exists(path(topic))
                        .thenApply(stat -> stat.map(there -> topic).stream().toList())
                        .toCompletableFuture());
    }

    /** The assigned replicas of the topic; empty where it does not exist, or its znode holds no topic's JSON. */
    CompletableFuture<SortedMap<Integer, Replicas>> assigned(String topic) {
        return topic(topic, ZkSnapshot.EMPTY)
                .thenApply(read -> read.map(TopicSnapshot::assigned).orElseGet(TreeMap::new));
    }

    /** Leader and ISR of a partition as written; empty where there is no such znode, or no state in it. */
    CompletableFuture<Optional<LeaderAndIsr>> state(TopicPartition partition) {
        return node(StateJson.path(partition)).thenApply(node -> node.flatMap(at -> StateJson.decode(at.text())));
    }

    /** Whether the znode of a request, by its id, is there. */
    CompletableFuture<Boolean> isStored(String request) {
        String path = LEGACY.endsWith("/" + request) ? LEGACY : REQUESTS + "/" + request;
        return zk.exists(path).thenApply(Optional::isPresent).toCompletableFuture();
    }

    /** Whether the znodes of all these requests are gone, so that every entry of theirs was recorded or answered. */
    CompletableFuture<Boolean> areGone(List<String> requests) {
        return each(requests, request -> isStored(request).thenApply(stored -> stored ? List.of(request) : List.of()))
                .thenApply(List::isEmpty);
    }

    /** Whether any layout has a record of the partition. */
    CompletableFuture<Boolean> inFlight(TopicPartition partition) {
        return inFlight(partition.topic()).thenApply(found -> found.contains(partition));
    }

    /** The partitions of a topic of which any layout has a record. */
    CompletableFuture<Set<TopicPartition>> inFlight(String topic) {
        return records(topic)
                .thenApply(records ->
                        records.stream().map(ReassignmentRecord::partition).collect(Collectors.toUnmodifiableSet()));
    }

    /** The records of a topic in any layout. */
    CompletableFuture<List<ReassignmentRecord>> records(String topic) {
        return each(layouts, layout -> records(layout, topic).thenApply(StoredRecords::records));
    }

    private CompletableFuture<StoredRecords> records(StorageLayout layout, String topic) {
        return recordPaths(layout.placement(), topic)
                .thenCompose(paths -> each(
                        paths,
                        path -> node(path)
                                .thenApply(node -> node.map(at -> new Read(path, at)).stream()
                                        .toList())))
                .thenCompose(reads -> {
                    SortedMap<String, ZkNode> nodes = new TreeMap<>();
                    reads.stream()
                            .filter(read -> read.node().data().length > 0)
                            .forEach(read -> nodes.put(read.path(), read.node()));
                    return decode(layout, topic, new ZkSnapshot(nodes));
                });
    }

    private record Read(String path, ZkNode node) {}

    private CompletableFuture<List<String>> recordPaths(Placement placement, String topic) {
        List<String> parents =
                placement.parent(topic).or(placement::recordRoot).stream().toList();
        return each(
                parents,
                parent -> children(parent)
                        .thenApply(names -> names.stream()
                                .map(name -> parent + "/" + name)
                                .filter(path -> placement.holdsRecords(path)
                                        && placement.topic(path).equals(Optional.of(topic)))
                                .toList()));
    }

    private CompletableFuture<StoredRecords> decode(StorageLayout layout, String topic, ZkSnapshot records) {
        return topic(topic, records)
                .thenApply(read -> read.map(layout::decode).orElse(new StoredRecords(List.of(), List.of())));
    }

    /** A topic with these records. */
    private CompletableFuture<Optional<TopicSnapshot>> topic(String topic, ZkSnapshot records) {
        return node(path(topic))
                .thenApply(node -> node.flatMap(at -> TopicJson.decode(topic, at))
                        .map(read -> new TopicSnapshot(
                                topic, read.assigned(), read.fields(), read.version(), read.inFlight(), records)));
    }

    private static String path(String topic) {
        return "/brokers/topics/" + topic;
    }

    /**
     * Paths that are left over, sorted: what lies below the roots, the legacy znode, deletions owed to live brokers,
     * and topics of these whose znode has fields that were put there for reassignments.
     */
    CompletableFuture<List<String>> leftovers(Collection<String> topics) {
        Set<String> roots = new TreeSet<>(ROOTS);
        layouts.forEach(layout -> layout.placement().recordRoot().ifPresent(roots::add));
        CompletableFuture<List<String>> below = each(roots, root -> leaves(root, true));
        return below.thenCombine(legacy(), ObservedCluster::joined)
                .thenCombine(owed(), ObservedCluster::joined)
                .thenCompose(paths -> each(topics, this::fieldsLeft).thenApply(more -> joined(paths, more)))
                .thenApply(paths -> paths.stream().sorted().toList());
    }

    private CompletableFuture<List<String>> legacy() {
        return zk.exists(LEGACY)
                .thenApply(stat -> stat.map(there -> LEGACY).stream().toList())
                .toCompletableFuture();
    }

    private CompletableFuture<List<String>> owed() {
        return children("/brokers/ids")
                .thenCompose(live -> children(OWED)
                        .thenCompose(brokers -> each(
                                brokers.stream().filter(live::contains).toList(),
                                broker -> leaves(OWED + "/" + broker, false))));
    }

    private CompletableFuture<List<String>> fieldsLeft(String topic) {
        return topic(topic, ZkSnapshot.EMPTY)
                .thenApply(found -> found.filter(this::hasFieldsLeft).map(read -> path(topic)).stream()
                        .toList());
    }

    private boolean hasFieldsLeft(TopicSnapshot topic) {
        return KAFKAS_LISTS.stream()
                        .anyMatch(
                                list -> !topic.fields().getOrDefault(list, "{}").equals("{}"))
                || layouts.stream()
                        .map(layout -> layout.decode(topic))
                        .anyMatch(records -> !records.records().isEmpty()
                                || !records.faults().isEmpty());
    }

    private CompletableFuture<List<String>> leaves(String path, boolean root) {
        return children(path).thenCompose(names -> {
            if (names.isEmpty()) {
                return CompletableFuture.completedFuture(root ? List.of() : List.of(path));
            }
            return each(names, name -> leaves(path + "/" + name, false));
        });
    }

    private CompletableFuture<List<String>> children(String path) {
        return zk.getChildren(path)
                .thenApply(names -> names.orElse(List.of()).stream().sorted().toList())
                .toCompletableFuture();
    }

    private CompletableFuture<Optional<ZkNode>> node(String path) {
        return zk.getData(path).toCompletableFuture();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Reads for all items at once and joins the results in the order of the items. */
    private static <A, B> CompletableFuture<List<B>> each(
            Collection<A> items, Function<A, CompletableFuture<List<B>>> read) {
        List<CompletableFuture<List<B>>> reads = items.stream().map(read).toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).thenApply(done -> {
            List<B> all = new ArrayList<>();
            reads.forEach(one -> all.addAll(one.join()));
            return all;
        });
    }
}
