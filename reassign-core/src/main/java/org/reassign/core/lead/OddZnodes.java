package org.reassign.core.lead;

import java.util.HashSet;
import java.util.Set;

/**
 * Znodes below our roots that cannot be deleted because another client has put children below them; warns once each.
 */
final class OddZnodes {
    private final ControllerListener listener;
    private final Set<String> named = new HashSet<>();

    OddZnodes(ControllerListener listener) {
        this.listener = listener;
    }

    /** An empty znode has children. */
    void hasChildren(String path) {
        if (named.add(path)) {
            listener.warning(path + " cannot be deleted because it has children; it is empty and has no effect;"
                    + " delete the children");
        }
    }
}
