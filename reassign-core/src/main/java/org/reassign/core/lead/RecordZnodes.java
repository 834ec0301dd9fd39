package org.reassign.core.lead;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.reassign.api.spi.Placement;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * The znodes of records while records are moved between layouts. Two layouts can share a root: then one znode may be a
 * record in the first, which is its data, and the parent of records in the second, which are its children, as {@code
 * /admin/reassignments/a-0} is for topics {@code a} and {@code a-0}. Writes are changed so that neither is lost.
 */
final class RecordZnodes {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Set<String> records = new TreeSet<>();
    private final Set<String> parents = new TreeSet<>();

    private record Node(boolean hasData, int children) {}

    /** Adds znodes as they were read. */
    void add(ZkSnapshot read) {
        read.nodes()
                .forEach((path, node) -> nodes.put(
                        path, new Node(node.data().length > 0, node.stat().children())));
    }

    /** The write that replaces the chosen layout's; empty if the parent exists already. */
    Optional<ZkWrite> write(ZkWrite write) {
        String path = write.path();
        boolean hasData = write.data().length > 0;
        Optional<Node> before = Optional.ofNullable(nodes.get(path));
        (hasData ? records : parents).add(path);
        if (before.isEmpty()) {
            nodes.put(path, new Node(hasData, 0));
            countChild(path, 1);
            return Optional.of(write);
        }
        if (!hasData) {
            return Optional.empty();
        }
        nodes.put(path, new Node(true, before.get().children()));
        return Optional.of(new ZkWrite.SetData(path, write.data(), ZkWrite.ANY_VERSION));
    }

    /**
     * The write that replaces another layout's write that ends a record; empty if the znode stays as it is.
     *
     * @param placement that of the layout, which says whether a record is deleted or a parent
     */
    Optional<ZkWrite> delete(ZkWrite write, Placement placement) {
        String path = write.path();
        Node node = nodes.get(path);
        if (node == null || !(write instanceof ZkWrite.Delete)) {
            return Optional.of(write);
        }
        boolean isParent = !placement.holdsRecords(path);
        boolean stays = isParent ? node.hasData() || node.children() > 0 : records.contains(path);
        if (stays || parents.contains(path) && !node.hasData()) {
            return Optional.empty();
        }
        if (node.children() > 0 || parents.contains(path)) {
            nodes.put(path, new Node(false, node.children()));
            return Optional.of(ZkWrite.setData(path, "", ZkWrite.ANY_VERSION));
        }
        nodes.remove(path);
        countChild(path, -1);
        return Optional.of(write);
    }

    private void countChild(String path, int change) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        nodes.computeIfPresent(parent, (p, node) -> new Node(node.hasData(), node.children() + change));
    }

    /** The znodes that hold records of the chosen layout now, or are their parents. */
    Set<String> written() {
        Set<String> written = new TreeSet<>(records);
        written.addAll(parents);
        return written;
    }
}
