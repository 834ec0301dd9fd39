package org.reassign.core.memory;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkStat;

/** One znode. Guarded by the server's lock. */
final class Znode {
    private static final SortedMap<String, Znode> NONE = Collections.emptySortedMap();

    final long czxid;
    final MemorySession owner;
    byte[] data;
    long mzxid;
    long mtimeMillis;
    int version;
    /** How many children were ever created: what ZooKeeper numbers sequential ones by. */
    int creations;

    private SortedMap<String, Znode> children = NONE;

    Znode(byte[] data, long zxid, long nowMillis, MemorySession owner) {
        this.data = data;
        this.czxid = zxid;
        this.mzxid = zxid;
        this.mtimeMillis = nowMillis;
        this.owner = owner;
    }

    /** The children by name, to be read only. */
    SortedMap<String, Znode> children() {
        return children;
    }

    void put(String name, Znode child) {
        if (children == NONE) {
            children = new TreeMap<>();
        }
        children.put(name, child);
    }

    void remove(String name) {
        children.remove(name);
        if (children.isEmpty()) {
            children = NONE;
        }
    }

    ZkStat stat() {
        return new ZkStat(czxid, mzxid, mtimeMillis, version, children.size(), owner != null);
    }

    ZkNode read() {
        return new ZkNode(data, stat());
    }
}
