package org.reassign.core.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkWrite;

/**
 * What a session's server has not heard of yet: the changes since it fell behind, and how what they touch was before.
 * Guarded by the server's lock.
 */
final class Lag {
    final Map<String, Optional<ZkNode>> nodes = new HashMap<>();
    final Map<String, Optional<List<String>>> children = new HashMap<>();
    final List<ZkEvent> changes = new ArrayList<>();

    /** Keeps what these writes may change. */
    void keep(List<ZkWrite> writes, ZnodeTree tree) {
        for (ZkWrite write : writes) {
            if (write instanceof ZkWrite.Check || !write.path().startsWith("/")) {
                continue;
            }
            keep(write.path(), tree);
            if (!(write instanceof ZkWrite.SetData)) {
                keep(ZnodeTree.parent(write.path()), tree);
            }
        }
    }

    private void keep(String path, ZnodeTree tree) {
        Optional<Znode> node = Optional.ofNullable(tree.find(path));
        nodes.putIfAbsent(path, node.map(Znode::read));
        children.putIfAbsent(
                path, node.map(found -> List.copyOf(found.children().keySet())));
    }

    /** The changes have arrived. */
    List<ZkEvent> arrived() {
        List<ZkEvent> arrived = List.copyOf(changes);
        nodes.clear();
        children.clear();
        changes.clear();
        return arrived;
    }
}
