package org.reassign.api.zk;

import org.reassign.api.Evolving;

/** The one failure of a {@link ZkReader} and {@link ZkPort}. Which one it is says {@link #code()}. */
@Evolving(since = "1.0")
public final class ZkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The ways in which a call can fail. */
    public enum Code {
        /** The znode has another version: read again and decide again. */
        BAD_VERSION,
        /** There is no such znode. */
        NO_NODE,
        /** There is such a znode already. */
        NODE_EXISTS,
        /** The znode has children. */
        NOT_EMPTY,
        /** An ephemeral znode cannot have children. */
        EPHEMERAL_PARENT,
        /**
         * A write, or the reply to it, is larger than {@link ZkPort#MAX_BYTES}, or a read's than the client takes in.
         */
        TOO_LARGE,
        /** The connection broke: a write may or may not have been done. */
        CONNECTION_LOSS,
        /** The session is gone. */
        SESSION_EXPIRED,
        /** The ACL of the znode, or of its parent for a creation or deletion, does not allow it. */
        NO_AUTH,
        /** The server is too old for this operation. */
        UNSUPPORTED,
        /** Anything else that ZooKeeper answered; the message says what. */
        OTHER
    }

    private static final String CLOSED =
            ": an ACL does not allow it; allow this client to read, write, create and delete there";

    private final Code code;
    private final int index;

    /**
     * A failure.
     *
     * @param code which
     * @param path where
     * @param index which write of a transaction, counted from 0; 0 for other calls
     */
    public ZkException(Code code, String path, int index) {
        this(code, path, index, null);
    }

    /** A failure with the exception that caused it. */
    public ZkException(Code code, String path, int index, Throwable cause) {
        super(code + " at " + path + (code == Code.NO_AUTH ? CLOSED : ""), cause);
        this.code = code;
        this.index = index;
    }

    /** Which failure it is. */
    public Code code() {
        return code;
    }

    /** Which write of a transaction failed first, counted from 0. */
    public int index() {
        return index;
    }
}
