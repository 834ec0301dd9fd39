package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
        ZkNode old = nodes.get(path);
        nodes.put(
                path,
                old == null
                        ? new ZkNode(data, new ZkStat(zxid, zxid, 0, 0, 0, false))
                        : new ZkNode(
                                data,
                                new ZkStat(
                                        old.stat().czxid(), zxid, 0, old.stat().version() + 1, 0, false)));
    }

    private static ZkNode node(String text, int version, long zxid) {
        return new ZkNode(text.getBytes(StandardCharsets.UTF_8), new ZkStat(zxid, zxid, 0, version, 0, false));
    }

    /** Takes writes in their order. */
    void commit(List<ZkWrite> writes) {
        writes.forEach(this::commit);
    }

    private void commit(ZkWrite write) {
        if (write instanceof ZkWrite.Create create) {
            create(create);
            return;
        }
        ZkNode node = nodes.get(write.path());
        assertThat(node).as("the znode that is written: %s", write).isNotNull();
        if (write instanceof ZkWrite.SetData set) {
            assertVersion(node, set, set.version());
            put(set.path(), set.data());
        } else if (write instanceof ZkWrite.Check check) {
            assertVersion(node, check, check.version());
        } else if (write instanceof ZkWrite.Delete delete) {
            assertVersion(node, delete, delete.version());
            assertThat(nodes.keySet())
                    .as("no child under what is deleted: %s", write)
                    .noneMatch(path -> path.startsWith(delete.path() + "/"));
            nodes.remove(delete.path());
        }
    }

    private void create(ZkWrite.Create create) {
        String path = create.mode() == ZkWrite.Mode.PERSISTENT_SEQUENTIAL
                ? create.path() + String.format("%010d", sequence++)
                : create.path();
        assertThat(nodes).as("what is created: %s", create).doesNotContainKey(path);
        int slash = path.lastIndexOf('/');
        assertThat(slash == 0 || nodes.containsKey(path.substring(0, slash)))
                .as("a parent of what is created: %s", create)
                .isTrue();
        put(path, create.data());
    }

    private static void assertVersion(ZkNode node, ZkWrite write, int version) {
        if (version != ZkWrite.ANY_VERSION) {
            assertThat(version).as("version in %s", write).isEqualTo(node.stat().version());
        }
    }

    /** The znodes that match a pattern or lie between it and its root, as the core reads them. */
    ZkSnapshot below(List<PathPattern> patterns) {
        SortedMap<String, ZkNode> found = new TreeMap<>(nodes);
        found.keySet().removeIf(path -> patterns.stream().noneMatch(pattern -> isPartOf(path, pattern)));
        return new ZkSnapshot(found);
    }

    private static boolean isPartOf(String path, PathPattern pattern) {
        return pattern.matches(path)
                || path.startsWith(pattern.root() + "/")
                        && path.chars().filter(c -> c == '/').count()
                                < pattern.text().chars().filter(c -> c == '/').count();
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
