package org.reassign.api.zk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.Evolving;

/**
 * One session with ZooKeeper, as one actor sees it.
 *
 * <p>All calls return at once and may be made from any thread. Calls of one session take effect in the order in which
 * they are made, also when many are outstanding; a call that fails does not stop those behind it. A stage completes on
 * a thread of the port's choosing, which must not be blocked, or before the call returns; it fails with {@link
 * ZkException} and nothing else. Watches are called one at a time, in the order of the changes, and must not block
 * either. The same watch registered twice for the same thing at the same path is called once.
 *
 * <p>Nothing may be written that is larger than {@link #MAX_BYTES}: ZooKeeper breaks the connection then, not only the
 * call (jute.maxbuffer). The port refuses writes whose request or reply would be over the limit itself with {@link
 * ZkException.Code#TOO_LARGE}, before they are sent and without effect, and with them data that others could not read
 * again: more than {@code MAX_BYTES - 88} bytes. How large the reply to a read is nobody knows beforehand, and others
 * write, too: names that add up to more, and data on a server with a larger limit. So replies up to {@link
 * #MAX_REPLY_BYTES} are taken in. A larger one breaks the connection: the read fails with {@link
 * ZkException.Code#TOO_LARGE} or {@link ZkException.Code#CONNECTION_LOSS}, and the calls that are outstanding then with the
 * latter; the session, its ephemeral znodes and
 * its other watches live on, and later calls work when the connection is back.
 */
@Evolving(since = "1.0")
public interface ZkPort extends AutoCloseable {
    /** The largest write or transaction in bytes, and its reply, header included: jute.maxbuffer by default. */
    int MAX_BYTES = 1_048_575;

    /** The largest reply to a read in bytes, header included. */
    int MAX_REPLY_BYTES = 64 << 20;

    /** Reads a znode; empty where there is none. */
    CompletionStage<Optional<ZkNode>> getData(String path);

    /**
     * Reads a znode and leaves a one-shot watch, which fires at its next creation, change or deletion, whether it
     * exists now or not. What happens between the event and the next call that watches is not told.
     */
    CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch);

    /** The names of a znode's children in no particular order; empty where the znode does not exist. */
    CompletionStage<Optional<List<String>>> getChildren(String path);

    /**
     * The names of a znode's children, with a one-shot watch that fires when a child comes or goes or the znode itself
     * is deleted. Where the znode does not exist there is no watch.
     */
    CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch);

    /** Metadata of a znode; empty where there is none. */
    CompletionStage<Optional<ZkStat>> exists(String path);

    /**
     * Watches a path and all below it until the port is closed or the session lost; after that it must be added again
     * and everything be read again. Needs ZooKeeper 3.6 or later, else fails with {@link
     * ZkException.Code#UNSUPPORTED}.
     */
    CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch);

    /**
     * Performs writes as one transaction: all or none. Returns one result per write, in order. Fails with a {@link
     * ZkException} whose {@code index} names the first write that could not be done. A single write travels as a plain
     * operation, not as a transaction.
     */
    CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes);

    /**
     * Registers a listener for the fate of the session. After {@link SessionEvent#LOST} every call fails with {@link
     * ZkException.Code#SESSION_EXPIRED}, ephemeral znodes and watches are gone, and a new port must be opened. After
     * {@link SessionEvent#RECONNECTED} the watches stand, but what happened in between may have come as one event.
     */
    void onSession(Consumer<SessionEvent> listener);

    /** Ends the session: ephemeral znodes and watches go. Repeated calls do nothing. */
    @Override
    void close();

    /** What can happen to a session. */
    enum SessionEvent {
        /** The connection is broken; the session may live on. */
        SUSPENDED,
        /** The connection is back and the session is the same. */
        RECONNECTED,
        /** The session has expired or was closed. */
        LOST
    }
}
