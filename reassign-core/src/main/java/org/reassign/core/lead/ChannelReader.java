package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.reassign.api.model.Mechanism;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/** One request channel as stored: watches its paths and reads what is new. Used by the loop's thread only. */
final class ChannelReader {
    private final RequestChannel channel;
    private final ZkPort zk;
    private final SortedMap<String, ZkNode> nodes = new TreeMap<>();
    /** Of these, those that we have changed: the content is known, the version is not. */
    private final Set<String> outdated = new HashSet<>();

    private final LegacyAges ages = new LegacyAges();
    /** One and the same for all, so that ZooKeeper keeps one watch of each znode. */
    private final Consumer<ZkEvent> mayHaveChanged;

    private boolean stale = true;
    /** Whether all must be read, the values that nothing points to as well. */
    private boolean anew = true;

    private List<StoredRequest> requests = List.of();

    ChannelReader(RequestChannel channel, ZkPort zk, Loop loop) {
        this.channel = channel;
        this.zk = zk;
        this.mayHaveChanged = event -> loop.mark(this::markStale);
    }

    RequestChannel channel() {
        return channel;
    }

    List<StoredRequest> requests() {
        return requests;
    }

    ZkSnapshot stored() {
        return new ZkSnapshot(nodes);
    }

    /** Whether it reads values there. */
    boolean reads(String path) {
        return channel.values().stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** Everything must be read again: a conditional write failed, or the connection was lost. */
    void invalidate() {
        stale = true;
        anew = true;
    }

    boolean isInvalid() {
        return anew;
    }

    /** Reads what may have changed; returns whether it did read. */
    boolean refresh() {
        if (!stale) {
            return false;
        }
        stale = false;
        if (anew) {
            nodes.clear();
            outdated.clear();
        }
        readWatched();
        readValues();
        requests = decoded();
        return true;
    }

    /**
     * Reads all values where all is read anew, else those that the requests point to; and again while more requests came
     * meanwhile: a value is never seen without the request that was written in one transaction with it, lest it be taken
     * for one of its own.
     */
    private void readValues() {
        List<PathPattern> patterns = anew ? channel.values() : channel.pointedTo(stored());
        anew = false;
        while (read(patterns)) {
            Set<String> before = new HashSet<>(nodes.keySet());
            readWatched();
            SortedMap<String, ZkNode> come = new TreeMap<>(nodes);
            come.keySet().removeAll(before);
            patterns = channel.pointedTo(new ZkSnapshot(come));
        }
    }

    private boolean read(List<PathPattern> patterns) {
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        patterns.forEach(pattern -> matching(pattern).forEach(path -> reads.put(path, zk.getData(path))));
        reads.forEach((path, answer) -> keep(path, Await.done(answer)));
        return !reads.isEmpty();
    }

    private void readWatched() {
        for (PathPattern pattern : channel.watches()) {
            if (pattern.depth() == 0) {
                keep(pattern.text(), Await.done(zk.getData(pattern.text(), mayHaveChanged)));
            } else {
                readChildren(pattern.root());
            }
        }
    }

    private List<StoredRequest> decoded() {
        List<StoredRequest> read = channel.decode(stored());
        return channel.mechanism() == Mechanism.LEGACY ? ages.apart(read) : read;
    }

    private List<String> matching(PathPattern pattern) {
        List<String> paths = List.of(pattern.root());
        for (int depth = 0; depth < pattern.depth(); depth++) {
            paths = paths.stream().flatMap(this::children).toList();
        }
        return paths;
    }

    private Stream<String> children(String path) {
        return Await.done(zk.getChildren(path)).orElse(List.of()).stream()
                .sorted()
                .map(name -> path + "/" + name);
    }

    private void markStale() {
        stale = true;
    }

    private void readChildren(String root) {
        Optional<List<String>> names = Await.done(zk.getChildren(root, mayHaveChanged));
        if (names.isEmpty()) {
            // there is no watch then, and somebody may make it again
            stale |= Await.done(zk.getData(root, mayHaveChanged)).isPresent();
        }
        Set<String> paths = new TreeSet<>();
        names.orElse(List.of()).forEach(name -> paths.add(root + "/" + name));
        nodes.keySet().removeIf(path -> path.startsWith(root + "/") && !paths.contains(path));
        Map<String, CompletionStage<Optional<ZkNode>>> reads = new TreeMap<>();
        paths.stream()
                .filter(path -> !nodes.containsKey(path) || outdated.remove(path))
                .forEach(path -> reads.put(path, zk.getData(path)));
        new ArrayList<>(reads.keySet()).forEach(path -> keep(path, Await.done(reads.get(path))));
    }

    private void keep(String path, Optional<ZkNode> node) {
        node.ifPresentOrElse(found -> nodes.put(path, found), () -> nodes.remove(path));
    }

    boolean knows(String path) {
        return nodes.containsKey(path);
    }

    /**
     * Writes of this channel's were done: what they deleted is gone, and so are entries that they took out of a znode,
     * which is read again. What stands there again then was asked for again.
     */
    void written(List<ZkWrite> writes) {
        for (ZkWrite write : writes) {
            ZkNode before = nodes.remove(write.path());
            stale |= !(write instanceof ZkWrite.Delete);
            if (write instanceof ZkWrite.SetData && before != null) {
                nodes.put(write.path(), new ZkNode(write.data(), before.stat()));
                outdated.add(write.path());
            }
        }
        requests = decoded();
    }
}
