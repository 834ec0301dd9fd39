package org.reassign.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicJson;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/** What ZooKeeper holds, read by a session that nobody counts. */
public final class StoredState {
    private static final String REFUSALS = "/admin/reassignment_refusals";
    private static final Pattern MIN_IN_SYNC = Pattern.compile("\"min.insync.replicas\":\"?([0-9]+)");

    private final ZkPort zk;
    private final List<StorageLayout> layouts;
    private final Map<String, Optional<TopicSnapshot>> topics = new HashMap<>();
    /** Topics as they were when they could be read last. */
    private final Map<String, TopicSnapshot> readable = new HashMap<>();

    /** {@code layouts} are those that records may be found in, the one that counts first. */
    public StoredState(ZkPort zk, List<StorageLayout> layouts) {
        this.zk = zk;
        this.layouts = layouts;
    }

    /** What was read of topics so far is forgotten: something may have changed. */
    public void refresh() {
        topics.clear();
    }

    /** What was read of a topic is forgotten: its znode, or one of its records, has changed. */
    void forget(String topic) {
        topics.remove(topic);
    }

    /**
     * A topic with its records; empty where there is none. One that cannot be read is as it was, whatever its records
     * are. Read once until it is forgotten.
     */
    public Optional<TopicSnapshot> topic(String topic) {
        return topics.computeIfAbsent(topic, this::read);
    }

    private Optional<TopicSnapshot> read(String topic) {
        TopicRead read = new TopicReader(zk, layouts).read(List.of(topic)).get(0);
        Optional<TopicSnapshot> found =
                read.isUnreadable() ? Optional.ofNullable(readable.get(topic)) : read.snapshot();
        Optional<TopicSnapshot> whole = found.map(known -> TopicRead.with(known, read.records()));
        whole.ifPresent(known -> readable.put(topic, known));
        return whole;
    }

    /** The topics of which a znode can hold records: those that a write to it may change. */
    public Set<String> recordedAt(String path) {
        Set<String> recorded = new TreeSet<>();
        for (StorageLayout layout : layouts) {
            layout.placement().topic(path).ifPresent(recorded::add);
        }
        return recorded;
    }

    /** Below these lie records. */
    public Set<String> recordRoots() {
        Set<String> roots = new TreeSet<>();
        layouts.forEach(layout -> layout.placement().recordRoot().ifPresent(roots::add));
        return roots;
    }

    /** Whether the topic's znode holds a topic's JSON, now. */
    public boolean isReadable(String topic) {
        return node(TopicReader.ROOT + "/" + topic)
                .flatMap(node -> TopicJson.decode(topic, node))
                .isPresent();
    }

    public Optional<Replicas> assigned(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.assigned().get(partition.partition()));
    }

    public Optional<ReassignmentRecord> record(TopicPartition partition) {
        return topic(partition.topic()).map(topic -> topic.inFlight().get(partition.partition()));
    }

    public Optional<LeaderAndIsr> state(TopicPartition partition) {
        return node(StateJson.path(partition)).flatMap(node -> StateJson.decode(node.text()));
    }

    /** The topic's min.insync.replicas; 1 where it is not set. */
    public int minInSync(String topic) {
        return node("/config/topics/" + topic)
                .map(node -> MIN_IN_SYNC.matcher(node.text()))
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .orElse(1);
    }

    /** The registered brokers. */
    public Set<Integer> live() {
        Set<Integer> live = new TreeSet<>();
        children("/brokers/ids").forEach(name -> live.add(Integer.parseInt(name)));
        return live;
    }

    /** The names of the topics that there are. */
    Set<String> topics() {
        return Set.copyOf(children(TopicReader.ROOT));
    }

    /** Partitions whose deletion is owed by a broker. */
    public Set<TopicPartition> owed(int broker) {
        OwedDeletes owed = new OwedDeletes();
        String parent = OwedDeletes.ROOT + "/" + broker;
        children(parent).forEach(chunk -> {
            String path = parent + "/" + chunk;
            node(path).ifPresent(node -> owed.load(path, node.text()));
        });
        Set<TopicPartition> partitions = new HashSet<>();
        owed.of(broker).forEach(debt -> partitions.add(debt.partition()));
        return partitions;
    }

    /** What was refused, and why: path to content. */
    SortedMap<String, String> refusals() {
        SortedMap<String, String> refusals = new TreeMap<>();
        children(REFUSALS).forEach(name -> text(REFUSALS + "/" + name).ifPresent(text -> refusals.put(name, text)));
        return refusals;
    }

    /** What a znode holds. */
    public Optional<String> text(String path) {
        return node(path).map(ZkNode::text);
    }

    private List<String> children(String path) {
        return zk.getChildren(path).toCompletableFuture().join().orElse(List.of());
    }

    /** A znode as it is. */
    public Optional<ZkNode> node(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }
}
