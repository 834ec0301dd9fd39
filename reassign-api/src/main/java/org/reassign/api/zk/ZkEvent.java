package org.reassign.api.zk;

import org.reassign.api.Evolving;

/**
 * Something happened at a path. Says that, not what: read to know.
 *
 * @param type the kind of change
 * @param path where
 */
@Evolving(since = "1.0")
public record ZkEvent(Type type, String path) {
    /** The kinds of changes. */
    public enum Type {
        /** The znode came into being. */
        CREATED,
        /** Its data were written. */
        CHANGED,
        /** It went. */
        DELETED,
        /** A child came or went. */
        CHILDREN
    }
}
