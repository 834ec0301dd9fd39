package org.reassign.core.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** Some writes under one zxid: all are done, or all that were done are undone. Guarded by the server's lock. */
final class Transaction {
    private final ZnodeTree tree;
    private final MemorySession session;
    private final long zxid;
    private final long nowMillis;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<ZkEvent> changes = new ArrayList<>();
    private int index;

    Transaction(ZnodeTree tree, MemorySession session, long zxid, long nowMillis) {
        this.tree = tree;
        this.session = session;
        this.zxid = zxid;
        this.nowMillis = nowMillis;
    }

    List<ZkResult> perform(List<ZkWrite> writes) {
        List<ZkResult> results = new ArrayList<>(writes.size());
        try {
            for (index = 0; index < writes.size(); index++) {
                results.add(perform(writes.get(index)));
            }
            return results;
        } catch (ZkException e) {
            undo.forEach(Runnable::run);
            throw e;
        }
    }

    /** What happened to znodes, in order; only CREATED, CHANGED and DELETED. */
    List<ZkEvent> changes() {
        return changes;
    }

    private ZkResult perform(ZkWrite write) {
        if (write instanceof ZkWrite.Create create) {
            return create(create);
        }
        ZnodeTree.requireLawful(write.path(), index);
        if (write instanceof ZkWrite.SetData set) {
            return setData(set);
        }
        if (write instanceof ZkWrite.Delete delete) {
            return delete(delete);
        }
        ZkWrite.Check check = (ZkWrite.Check) write;
        require(check.path(), check.version());
        return new ZkResult(check.path(), -1, zxid);
    }

    private ZkResult create(ZkWrite.Create create) {
        boolean sequential = create.mode() == ZkWrite.Mode.PERSISTENT_SEQUENTIAL;
        ZnodeTree.requireLawful(sequential ? create.path() + "0" : create.path(), index);
        Znode parent = tree.find(ZnodeTree.parent(create.path()));
        if (parent == null) {
            throw fail(Code.NO_NODE, create.path());
        }
        requireOpen(ZnodeTree.parent(create.path()), create.path());
        String path =
                sequential ? create.path() + String.format(Locale.ROOT, "%010d", parent.creations) : create.path();
        if (tree.find(path) != null) {
            throw fail(Code.NODE_EXISTS, path);
        }
        if (parent.owner != null) {
            throw fail(Code.EPHEMERAL_PARENT, path);
        }
        boolean ephemeral = create.mode() == ZkWrite.Mode.EPHEMERAL;
        attach(parent, path, new Znode(create.data(), zxid, nowMillis, ephemeral ? session : null));
        parent.creations++;
        undo.push(() -> {
            detach(parent, path);
            parent.creations--;
        });
        changes.add(new ZkEvent(ZkEvent.Type.CREATED, path));
        return new ZkResult(path, 0, zxid);
    }

    private ZkResult setData(ZkWrite.SetData set) {
        requireOpen(set.path(), set.path());
        Znode node = require(set.path(), set.version());
        byte[] data = node.data;
        long mzxid = node.mzxid;
        long mtimeMillis = node.mtimeMillis;
        node.data = set.data();
        node.mzxid = zxid;
        node.mtimeMillis = nowMillis;
        node.version++;
        undo.push(() -> {
            node.data = data;
            node.mzxid = mzxid;
            node.mtimeMillis = mtimeMillis;
            node.version--;
        });
        changes.add(new ZkEvent(ZkEvent.Type.CHANGED, set.path()));
        return new ZkResult(set.path(), node.version, zxid);
    }

    private ZkResult delete(ZkWrite.Delete delete) {
        String path = delete.path();
        if (path.equals("/")) {
            throw fail(Code.OTHER, path);
        }
        requireOpen(ZnodeTree.parent(path), path);
        Znode node = require(path, delete.version());
        if (!node.children().isEmpty()) {
            throw fail(Code.NOT_EMPTY, path);
        }
        Znode parent = tree.find(ZnodeTree.parent(path));
        detach(parent, path);
        undo.push(() -> attach(parent, path, node));
        changes.add(new ZkEvent(ZkEvent.Type.DELETED, path));
        return new ZkResult(path, -1, zxid);
    }

    private void attach(Znode parent, String path, Znode node) {
        parent.put(ZnodeTree.name(path), node);
        if (node.owner != null) {
            node.owner.ephemerals.add(path);
        }
    }

    private void detach(Znode parent, String path) {
        String name = ZnodeTree.name(path);
        MemorySession owner = parent.children().get(name).owner;
        parent.remove(name);
        if (owner != null) {
            owner.ephemerals.remove(path);
        }
    }

    private Znode require(String path, int version) {
        Znode node = tree.find(path);
        if (node == null) {
            throw fail(Code.NO_NODE, path);
        }
        if (version != ZkWrite.ANY_VERSION && version != node.version) {
            throw fail(Code.BAD_VERSION, path);
        }
        return node;
    }

    private void requireOpen(String guarding, String path) {
        if (!session.ended && tree.readOnly.contains(guarding)) { // ephemerals end with their session all the same
            throw fail(Code.NO_AUTH, path);
        }
    }

    private ZkException fail(Code code, String path) {
        return new ZkException(code, path, index);
    }
}
