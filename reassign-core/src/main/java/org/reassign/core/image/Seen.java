package org.reassign.core.image;

import java.util.Optional;

/**
 * A znode as last observed.
 *
 * @param <T> what it holds
 */
public sealed interface Seen<T> {
    /**
     * It was not read, or its last read is no longer valid. A read of something older, which began before, is not taken.
     *
     * @param czxid zxid of the creation of what was read last; 0 if nothing was
     * @param version its version; -1 if nothing was read
     */
    record Unknown<T>(long czxid, int version) implements Seen<T> {
        /** It was not read. */
        public Unknown() {
            this(0, -1);
        }
    }

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

    /** What is left of it when it need not be known any more. */
    default Unknown<T> forgotten() {
        if (this instanceof Present<T> seen) {
            return new Unknown<>(seen.czxid(), seen.version());
        }
        if (this instanceof Unreadable<T> seen) {
            return new Unknown<>(seen.czxid(), seen.version());
        }
        return this instanceof Unknown<T> last ? last : new Unknown<>();
    }

    /** What it holds, where it could be read. */
    default Optional<Present<T>> present() {
        return this instanceof Present<T> present ? Optional.of(present) : Optional.empty();
    }
}
