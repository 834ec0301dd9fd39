package org.reassign.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.reassign.api.spi.Placement;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;

/**
 * Reads topics and their records, all reads of one kind in flight at once; blocks until the answers are there. Keeps no
 * state.
 */
public final class TopicReader {
    /** The parent of a znode for each topic. */
    public static final String ROOT = "/brokers/topics";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final ZkReader zk;
    private final List<StorageLayout> layouts;
    private final List<Placement> placements;
    private final Set<String> roots = new TreeSet<>();

    /** A reader of records in these layouts. */
    public TopicReader(ZkReader zk, List<StorageLayout> layouts) {
        this.zk = zk;
        this.layouts = List.copyOf(layouts);
        this.placements = layouts.stream().map(StorageLayout::placement).toList();
        placements.forEach(placement -> placement.recordRoot().ifPresent(roots::add));
    }

    /** The path of a topic's znode. */
    public static String path(String topic) {
        return ROOT + "/" + topic;
    }

    /** These topics with their records, in the order given. */
    public List<TopicRead> read(Collection<String> topics) {
        Map<String, SortedSet<String>> paths = recordZnodes(new HashSet<>(topics));
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new LinkedHashMap<>();
        paths.values().forEach(all -> all.forEach(path -> reads.computeIfAbsent(path, zk::getData)));
        List<CompletionStage<Optional<ZkNode>>> heads = topics.stream()
                .map(topic -> zk.getData(path(topic)))
                .toList(); // last: records are older, or not its own
        List<TopicRead> read = new ArrayList<>();
        for (String topic : topics) {
            Optional<ZkNode> head = Await.done(heads.get(read.size()));
            SortedMap<String, ZkNode> znodes = new TreeMap<>();
            paths.getOrDefault(topic, new TreeSet<>())
                    .forEach(path -> Await.done(reads.get(path)).ifPresent(node -> znodes.put(path, node)));
            read.add(new RecordDecoder(layouts, topic, znodes).decode(head));
        }
        return read;
    }

    /**
     * Znodes below the layouts' roots that belong to none of these topics, in the order of removal. A child of the root
     * may be a record and a parent of others at once; one with data is kept if it is a record of an existing
     * topic.
     */
    public List<String> orphanRecords(Set<String> existing) {
        List<String> claimed = new ArrayList<>();
        List<String> free = new ArrayList<>();
        namesByRoot()
                .forEach((root, names) -> names.stream()
                        .filter(name -> !existing.contains(name))
                        .map(name -> root + "/" + name)
                        .forEach(path -> (isFlatRecordOf(root, path, existing) ? claimed : free).add(path)));
        Map<String, ZkNode> nodes = done(claimed, zk::getData);
        List<String> orphans = new ArrayList<>();
        List<String> withChildren = new ArrayList<>(free);
        claimed.stream()
                .filter(nodes::containsKey)
                .filter(path -> nodes.get(path).stat().children() > 0 || isEmpty(nodes.get(path)))
                .forEach(withChildren::add);
        done(withChildren, zk::getChildren).forEach((path, names) -> {
            names.stream()
                    .filter(name -> NUMBER.matcher(name).matches()) // other children are not ours
                    .forEach(name -> orphans.add(path + "/" + name));
            if (!nodes.containsKey(path) || isEmpty(nodes.get(path))) {
                orphans.add(path);
            }
        });
        return orphans;
    }

    private static boolean isFlatRecordOf(String root, String path, Set<String> existing) {
        return new Placement.Flat(root).topic(path).filter(existing::contains).isPresent();
    }

    static boolean isEmpty(ZkNode node) {
        return node.data().length == 0;
    }

    /** Topic to its znodes: records, and parents of records. */
    private Map<String, SortedSet<String>> recordZnodes(Set<String> topics) {
        Map<String, SortedSet<String>> paths = new TreeMap<>();
        Map<String, String> parents = new LinkedHashMap<>();
        namesByRoot().forEach((root, names) -> {
            for (String name : names) {
                String path = root + "/" + name;
                for (Placement placement : placements) {
                    placement.topic(path).filter(topics::contains).ifPresent(topic -> {
                        paths.computeIfAbsent(topic, t -> new TreeSet<>()).add(path);
                        placement.parent(topic).ifPresent(parent -> parents.put(parent, topic));
                    });
                }
            }
        });
        done(parents.keySet(), zk::getChildren)
                .forEach((parent, names) ->
                        names.forEach(name -> paths.get(parents.get(parent)).add(parent + "/" + name)));
        return paths;
    }

    private Map<String, List<String>> namesByRoot() {
        return done(roots, zk::getChildren);
    }

    /** The znodes at these paths, in their order, without absent ones. */
    private static <T> Map<String, T> done(Collection<String> paths, Read<T> read) {
        Map<String, CompletionStage<Optional<T>>> answers = new LinkedHashMap<>();
        paths.forEach(path -> answers.put(path, read.of(path)));
        Map<String, T> found = new LinkedHashMap<>();
        answers.forEach((path, answer) -> Await.done(answer).ifPresent(value -> found.put(path, value)));
        return found;
    }

    private interface Read<T> {
        CompletionStage<Optional<T>> of(String path);
    }
}
