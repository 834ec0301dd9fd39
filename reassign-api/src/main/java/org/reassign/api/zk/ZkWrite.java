package org.reassign.api.zk;

import java.nio.charset.StandardCharsets;
import org.reassign.api.Evolving;

/** One write of a transaction. Its data must not be changed afterwards. */
@Evolving(since = "1.0")
public sealed interface ZkWrite {
    /** Any version will do. */
    int ANY_VERSION = -1;

    /** The znode that is written; of a sequential creation the prefix. */
    String path();

    /** The bytes that the write carries as data; none for a deletion or a check. */
    default byte[] data() {
        return new byte[0];
    }

    /** Creates a znode; fails with NODE_EXISTS or, without a parent, NO_NODE. */
    @SuppressWarnings("ArrayRecordComponent")
    record Create(String path, byte[] data, Mode mode) implements ZkWrite {}

    /** Replaces a znode's data; fails with NO_NODE or BAD_VERSION. */
    @SuppressWarnings("ArrayRecordComponent")
    record SetData(String path, byte[] data, int version) implements ZkWrite {}

    /** Deletes a znode; fails with NO_NODE, BAD_VERSION or NOT_EMPTY. */
    record Delete(String path, int version) implements ZkWrite {}

    /** Writes nothing, and fails with NO_NODE or BAD_VERSION unless the znode has this version. */
    record Check(String path, int version) implements ZkWrite {}

    /** How a znode is created. */
    enum Mode {
        /** It stays until it is deleted. */
        PERSISTENT,
        /** It stays, and its name gets a number that grows. */
        PERSISTENT_SEQUENTIAL,
        /** It is deleted with the session. */
        EPHEMERAL
    }

    /** A persistent creation with this text. */
    static ZkWrite create(String path, String text) {
        return new Create(path, text.getBytes(StandardCharsets.UTF_8), Mode.PERSISTENT);
    }

    /** A persistent, numbered creation with this text. */
    static ZkWrite createSequential(String path, String text) {
        return new Create(path, text.getBytes(StandardCharsets.UTF_8), Mode.PERSISTENT_SEQUENTIAL);
    }

    /** An ephemeral creation with this text. */
    static ZkWrite createEphemeral(String path, String text) {
        return new Create(path, text.getBytes(StandardCharsets.UTF_8), Mode.EPHEMERAL);
    }

    /** A conditional replacement by this text; {@link #ANY_VERSION} makes it unconditional. */
    static ZkWrite setData(String path, String text, int version) {
        return new SetData(path, text.getBytes(StandardCharsets.UTF_8), version);
    }

    /** A conditional deletion; {@link #ANY_VERSION} makes it unconditional. */
    static ZkWrite delete(String path, int version) {
        return new Delete(path, version);
    }

    /** A condition on a version. */
    static ZkWrite check(String path, int version) {
        return new Check(path, version);
    }
}
