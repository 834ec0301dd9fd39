package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** Znodes that take writes as ZooKeeper would, and say in a failed assertion what ZooKeeper would refuse. */
final class StoredZnodes {
    static final ZkSnapshot NONE = ZkSnapshot.EMPTY;

    private final SortedMap<String, ZkNode> nodes = new TreeMap<>();
    private long zxid = 100;
    private int sequence;

    /** Makes a znode and its parents, as the core does for the roots of patterns. */
    void makeRoot(String path) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            nodes.putIfAbsent(path.substring(0, slash), node("", 0, zxid));
        }
        nodes.putIfAbsent(path, node("", 0, zxid));
    }

    /** Writes a text whether or not the znode exists, as somebody else might. */
    void put(String path, String text) {
        put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String path, byte[] data) {
        zxid++;
        write(path, data);
    }

    private void write(String path, byte[] data) {
        ZkNode old = nodes.get(path);
        long czxid = old == null ? zxid : old.stat().czxid();
        int version = old == null ? 0 : old.stat().version() + 1;
        nodes.put(path, new ZkNode(data, new ZkStat(czxid, zxid, 0, version, 0, false)));
    }

    private static ZkNode node(String text, int version, long zxid) {
        return new ZkNode(text.getBytes(StandardCharsets.UTF_8), new ZkStat(zxid, zxid, 0, version, 0, false));
    }

    /** Takes writes as one transaction, which ZooKeeper must not refuse. */
    void commit(List<ZkWrite> writes) {
        assertThat(refusal(writes)).as("why ZooKeeper refuses %s", writes).isEmpty();
    }

    /** Whether ZooKeeper takes the transaction; if not, nothing is written. */
    boolean takes(List<ZkWrite> writes) {
        return refusal(writes).isEmpty();
    }

    /** Why the transaction is refused; where it is not, it is done. */
    private Optional<String> refusal(List<ZkWrite> writes) {
        SortedMap<String, ZkNode> before = new TreeMap<>(nodes);
        zxid++;
        for (ZkWrite write : writes) {
            Optional<String> refusal = write instanceof ZkWrite.Create create ? create(create) : change(write);
            if (refusal.isPresent()) {
                nodes.clear();
                nodes.putAll(before);
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> change(ZkWrite write) {
        ZkNode node = nodes.get(write.path());
        if (node == null) {
            return Optional.of("no node " + write.path());
        }
        int version = conditionOf(write);
        if (version != ZkWrite.ANY_VERSION && version != node.stat().version()) {
            return Optional.of("bad version of " + write.path());
        }
        if (write instanceof ZkWrite.Delete
                && nodes.keySet().stream().anyMatch(p -> p.startsWith(write.path() + "/"))) {
            return Optional.of("not empty: " + write.path());
        }
        if (write instanceof ZkWrite.Delete) {
            nodes.remove(write.path());
        } else if (write instanceof ZkWrite.SetData set) {
            write(set.path(), set.data());
        }
        return Optional.empty();
    }

    /** The version that a write depends on. */
    static int conditionOf(ZkWrite write) {
        if (write instanceof ZkWrite.SetData set) {
            return set.version();
        }
        if (write instanceof ZkWrite.Check check) {
            return check.version();
        }
        return write instanceof ZkWrite.Delete delete ? delete.version() : ZkWrite.ANY_VERSION;
    }

    private Optional<String> create(ZkWrite.Create create) {
        String path = create.mode() == ZkWrite.Mode.PERSISTENT_SEQUENTIAL
                ? create.path() + String.format("%010d", sequence++)
                : create.path();
        if (nodes.containsKey(path)) {
            return Optional.of("node exists: " + path);
        }
        int slash = path.lastIndexOf('/');
        if (slash > 0 && !nodes.containsKey(path.substring(0, slash))) {
            return Optional.of("no parent of " + path);
        }
        write(path, create.data());
        return Optional.empty();
    }

    /** The znodes with data that can be records of the topic, as the core reads them. */
    ZkSnapshot records(Placement placement, String topic) {
        SortedMap<String, ZkNode> found = new TreeMap<>(nodes);
        found.keySet().removeIf(path -> !placement.topic(path).equals(Optional.of(topic)));
        found.keySet().removeIf(path -> !placement.holdsRecords(path));
        found.values().removeIf(node -> node.data().length == 0);
        return new ZkSnapshot(found);
    }

    /** The znodes that match a pattern. */
    ZkSnapshot matching(List<PathPattern> patterns) {
        SortedMap<String, ZkNode> found = new TreeMap<>(nodes);
        found.keySet().removeIf(path -> patterns.stream().noneMatch(pattern -> pattern.matches(path)));
        return new ZkSnapshot(found);
    }

    SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        nodes.forEach((path, node) -> texts.put(path, node.text()));
        return texts;
    }
}
