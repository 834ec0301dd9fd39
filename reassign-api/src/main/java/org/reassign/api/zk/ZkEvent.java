package org.reassign.api.zk;

/**
 * Something happened at a path. Says that, not what: read to know.
 *
 * @param type what happened
 * @param path where
 */
public record ZkEvent(Type type, String path) {
    /** What can happen. */
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
