package org.reassign.core.image;

import java.util.Optional;

/**
 * A znode as last observed.
 *
 * @param <T> what it holds
 */
public sealed interface Seen<T> {
    /** It was not read, or its last read is no longer valid. */
    record Unknown<T>() implements Seen<T> {}

    /** There was no such znode. */
    record Absent<T>() implements Seen<T> {}

    /**
     * It holds something that is not a {@code T}.
     *
     * @param czxid zxid of its creation
     * @param version its version
     */
    record Unreadable<T>(long czxid, int version) implements Seen<T> {}

    /**
     * It was read, or written by us.
     *
     * @param czxid zxid of its creation: another one is another znode of this name
     * @param version its version
     * @param value its content
     */
    record Present<T>(long czxid, int version, T value) implements Seen<T> {}

    /** What it holds, where it could be read. */
    default Optional<Present<T>> present() {
        return this instanceof Present<T> present ? Optional.of(present) : Optional.empty();
    }
}
