package org.reassign.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.StoredRecords;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.image.Observation;
import org.reassign.core.image.Seen;
import org.reassign.core.image.TopicContent;

/** Reads topics and their records, many reads under way at once; blocks until the answers are there. */
public final class TopicReader {
    /** Below it lies a znode for each topic. */
    public static final String ROOT = "/brokers/topics";

    private final ZkPort zk;
    private final StorageLayout layout;
    private final Consumer<String> warnings;
    private final Set<String> leftBehind = new LinkedHashSet<>();
    private final Set<String> unreadable;
    /** Topic to the zxid of its creation, as last read. */
    private final Map<String, Long> created = new HashMap<>();

    /**
     * A reader that has read nothing.
     *
     * @param unreadable where it keeps which topics are there and hold no topic's JSON, as last read
     * @param warnings told in a sentence each of what cannot be understood
     */
    public TopicReader(ZkPort zk, StorageLayout layout, Set<String> unreadable, Consumer<String> warnings) {
        this.zk = zk;
        this.layout = layout;
        this.unreadable = unreadable;
        this.warnings = warnings;
    }

    /**
     * What stands in the way of records to come, as found since this was asked last: records that cannot be read or are
     * older than their topic, and parents that hold none; in the order of removal.
     */
    public List<String> takeLeftBehind() {
        List<String> taken = List.copyOf(leftBehind);
        leftBehind.clear();
        return taken;
    }

    /** Forgets what was read of other topics than these. */
    public void retain(Collection<String> topics) {
        created.keySet().retainAll(topics);
        unreadable.retainAll(topics);
    }

    /** The zxid of the topic's creation, as last read; another one is that of another topic of this name. */
    public Optional<Long> created(String topic) {
        return Optional.ofNullable(created.get(topic));
    }

    /** The topics that have records in znodes of their own, whether they exist or not. */
    public Set<String> holders() {
        Set<String> holders = new TreeSet<>();
        for (PathPattern pattern : layout.recordPaths()) {
            for (String name : children(pattern.root())) {
                holders.add(pattern.depth() > 1 ? name : topicOf(name));
            }
        }
        return holders;
    }

    /**
     * Records of topics other than these and those that cannot be read, which are gone, and the parents that are empty
     * then; in the order of removal.
     */
    public List<String> orphans(Collection<String> read) {
        Set<String> topics = new HashSet<>(read);
        topics.addAll(unreadable);
        return records((pattern, name) -> !topics.contains(name) && !topics.contains(topicOf(name)));
    }

    /** The records of one topic that is gone, whoever wrote them, and their parent; in the order of removal. */
    public List<String> orphansOf(String topic) {
        return records((pattern, name) -> topic.equals(pattern.depth() > 1 ? name : topicOf(name)));
    }

    /** Whether there are records of the topic in znodes of their own. */
    public boolean hasRecords(String topic) {
        return orphansOf(topic).stream().anyMatch(path -> !isParent(path));
    }

    private List<String> records(BiPredicate<PathPattern, String> which) {
        List<String> records = new ArrayList<>();
        for (PathPattern pattern : layout.recordPaths()) {
            for (String name : children(pattern.root())) {
                if (!which.test(pattern, name)) {
                    continue;
                }
                String path = pattern.root() + "/" + name;
                if (pattern.depth() > 1) {
                    children(path).forEach(partition -> records.add(path + "/" + partition));
                }
                records.add(path);
            }
        }
        return records;
    }

    /** {@code T} of {@code T-P}; the name itself where it is none such. */
    private static String topicOf(String name) {
        return TopicPartition.parse(name).map(TopicPartition::topic).orElse(name);
    }

    /**
     * These topics with their records; those that are gone or hold no topic's JSON are left out. A record that is older
     * than its topic is that of another, which was deleted.
     */
    public SortedMap<String, TopicSnapshot> read(Collection<String> topics) {
        Map<String, SortedMap<String, ZkNode>> records = records(topics);
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        topics.forEach(topic -> reads.put(topic, zk.getData(ROOT + "/" + topic)));
        SortedMap<String, TopicSnapshot> read = new TreeMap<>();
        reads.forEach((topic, answer) -> Await.done(answer)
                .ifPresentOrElse(
                        node -> decode(topic, node, records.getOrDefault(topic, new TreeMap<>()))
                                .ifPresent(snapshot -> read.put(topic, snapshot)),
                        () -> unreadable.remove(topic)));
        return read;
    }

    /** Temporary. */
    public List<Observation.TopicRead> readAll(
            Collection<String> topics, Function<String, Optional<TopicSnapshot>> known) {
        created.keySet().removeAll(topics);
        SortedMap<String, TopicSnapshot> read = read(topics);
        List<Observation.TopicRead> all = new ArrayList<>();
        for (String topic : topics) {
            TopicSnapshot found = read.get(topic);
            Seen<TopicContent> content = new Seen.Absent<>();
            Optional<SortedMap<Integer, ReassignmentRecord>> records = Optional.of(new TreeMap<>());
            if (found != null) {
                content = new Seen.Present<>(
                        created.get(topic), found.version(), new TopicContent(found.assigned(), found.fields()));
                records = Optional.of(found.inFlight());
            } else if (unreadable.contains(topic)) {
                content = new Seen.Unreadable<>(created.get(topic), versions.get(topic));
                records = layout.recordPaths().isEmpty()
                        ? Optional.empty()
                        : known.apply(topic).map(k -> asKnown(k).inFlight());
            }
            all.add(new Observation.TopicRead(topic, content, records));
        }
        return all;
    }

    private final Map<String, Integer> versions = new HashMap<>();

    private Optional<TopicSnapshot> decode(String topic, ZkNode node, SortedMap<String, ZkNode> records) {
        Optional<TopicSnapshot> plain = TopicJson.decode(topic, node);
        created.put(topic, node.stat().czxid());
        versions.put(topic, node.stat().version());
        if (plain.isEmpty()) {
            unreadable.add(topic);
            return Optional.empty();
        }
        unreadable.remove(topic);
        created.put(topic, node.stat().czxid());
        return Optional.of(with(records, plain.get()));
    }

    /** A topic that was read before and cannot be read now, with its records as they are where they have own znodes. */
    public TopicSnapshot asKnown(TopicSnapshot known) {
        if (layout.recordPaths().isEmpty()) {
            return known;
        }
        return with(records(List.of(known.topic())).getOrDefault(known.topic(), new TreeMap<>()), known);
    }

    private TopicSnapshot with(SortedMap<String, ZkNode> records, TopicSnapshot read) {
        String topic = read.topic();
        List<String> older = records.keySet().stream()
                .filter(path -> records.get(path).data().length > 0) // else it is a parent, maybe of another layout
                .filter(path -> records.get(path).stat().czxid() < created.get(topic))
                .toList();
        if (!older.isEmpty()) {
            warnings.accept("records " + older + " are older than topic '" + topic
                    + "', and so of one of that name that was deleted; they are removed");
            older.forEach(this::leave);
            records.keySet().removeAll(older);
        }
        StoredRecords stored = layout.decode(new TopicSnapshot(
                topic, read.assigned(), read.fields(), read.version(), new TreeMap<>(), new ZkSnapshot(records)));
        stored.faults().forEach(this::giveUp);
        SortedMap<Integer, ReassignmentRecord> inFlight = new TreeMap<>();
        stored.records().stream()
                .filter(record -> read.assigned().containsKey(record.partition().partition()))
                .forEach(record -> inFlight.put(record.partition().partition(), record));
        return new TopicSnapshot(topic, read.assigned(), read.fields(), read.version(), inFlight, ZkSnapshot.EMPTY);
    }

    private void giveUp(StoredRecords.Fault fault) {
        warnings.accept(fault.sentence());
        fault.znode().ifPresent(this::leave);
    }

    private void leave(String record) {
        leftBehind.add(record);
        String parent = record.substring(0, record.lastIndexOf('/'));
        if (layout.recordPaths().stream().noneMatch(pattern -> pattern.root().equals(parent))) {
            leftBehind.add(parent);
        }
    }

    private Map<String, SortedMap<String, ZkNode>> records(Collection<String> topics) {
        Map<String, SortedMap<String, ZkNode>> records = new TreeMap<>();
        for (PathPattern pattern : layout.recordPaths()) {
            if (pattern.depth() == 1) {
                List<String> names = children(pattern.root());
                Map<String, List<String>> byTopic = new TreeMap<>();
                names.stream()
                        .filter(name -> name.indexOf('-') > 0)
                        .forEach(name -> byTopic.computeIfAbsent(
                                        name.substring(0, name.lastIndexOf('-')), t -> new ArrayList<>())
                                .add(pattern.root() + "/" + name));
                byTopic.keySet().retainAll(topics);
                collect(byTopic, records);
            } else {
                collect(nested(pattern.root(), topics), records);
            }
        }
        return records;
    }

    private Map<String, List<String>> nested(String root, Collection<String> topics) {
        Map<String, CompletionStage<Optional<List<String>>>> listings = new TreeMap<>();
        children(root).stream()
                .filter(topics::contains)
                .forEach(topic -> listings.put(topic, zk.getChildren(root + "/" + topic)));
        Map<String, List<String>> paths = new TreeMap<>();
        listings.forEach((topic, answer) -> {
            String parent = root + "/" + topic;
            Optional<List<String>> names = Await.done(answer);
            if (names.isPresent() && names.get().isEmpty() && isParent(parent)) {
                leftBehind.add(parent);
            }
            paths.put(
                    topic,
                    names.orElse(List.of()).stream()
                            .map(name -> parent + "/" + name)
                            .toList());
        });
        return paths;
    }

    /** A znode with content is the record of another layout. */
    private boolean isParent(String path) {
        return Await.done(zk.getData(path)).map(node -> node.data().length == 0).orElse(false);
    }

    private void collect(Map<String, List<String>> paths, Map<String, SortedMap<String, ZkNode>> records) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        paths.values().forEach(list -> list.forEach(path -> reads.put(path, zk.getData(path))));
        paths.forEach((topic, list) -> list.forEach(path -> Await.done(reads.get(path))
                .ifPresent(node ->
                        records.computeIfAbsent(topic, t -> new TreeMap<>()).put(path, node))));
    }

    private List<String> children(String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of());
    }
}
