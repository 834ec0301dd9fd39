package org.reassign.api.zk;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.Evolving;

/**
 * Some znodes as read, by path. Not one moment's picture: each is as it was when it was read.
 *
 * @param nodes path to znode, sorted
 */
@Evolving(since = "1.0")
public record ZkSnapshot(SortedMap<String, ZkNode> nodes) {
    /** No znode. */
    public static final ZkSnapshot EMPTY = new ZkSnapshot(Collections.emptySortedMap());

    /** Copies the map. */
    public ZkSnapshot {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** One znode, if it was read. */
    public Optional<ZkNode> get(String path) {
        return Optional.ofNullable(nodes.get(path));
    }
}
